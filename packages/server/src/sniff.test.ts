import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HEAD_BYTES, sniff } from './sniff.ts'

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const nameOf = (text: string) => sniff(bytes(text))?.name

describe('the first bytes of a file', () => {
  it.each([
    ['<!DOCTYPE html><p>', 'HTML'],
    ['<!-- a comment --><svg onload=alert(1)>', 'SVG'],
    ['<html><svg>', 'HTML'],
    ['<!doctype html><svg>', 'HTML'],
    ['\r\n\t <ScRiPt>alert(1)</ScRiPt>', 'HTML'],
    ['<img/src=x onerror=alert(1)>', 'HTML'],
    ['<?xml version="1.0"?><!-- x --><!DOCTYPE svg [<!ENTITY a "b">]><svg:svg>', 'SVG'],
    ['\xef\xbb\xbf<svg xmlns="http://www.w3.org/2000/svg">', 'SVG'],
    ['\xff\xfe<\0s\0v\0g\0>\0', 'SVG'],
    ['\0<\0?\0x\0m\0l\0 \0?\0>', 'XML'],
    [`<!--${'x'.repeat(2_000)}--><svg>`, 'XML'],
    ['<?xml version="1.0"?><rss>', 'XML'],
    ['<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', 'HTML'],
    ['<?php system($_GET[0]);', 'a PHP script'],
    ['#!/bin/sh\nrm -rf /', 'a script'],
    ['#! /usr/bin/env node', 'a script'],
    ['%PDF-1.7', 'a PDF document'],
    ['PK\x03\x04\x14\0', 'a ZIP archive'],
    ['\x7fELF\x02\x01\x01\0WEBPVP8 ', 'a program'],
    [`MZ${'\0'.repeat(58)}\x80\0${'\0'.repeat(66)}PE\0\0`, 'a program'],
    ['\0asm\x01\0\0\0', 'a WebAssembly program'],
    ['RIFF\x24\0\0\0WEBPVP8 ', 'a WebP image'],
    ['RIFF\x24\0\0\0WAVEfmt ', 'a WAVE file'],
    ['\0\0\0\x20ftypavif', 'an AVIF image'],
    ['\0\0\0\x3cftypisom\0\0\x20\0', 'an MP4 file'],
    ['#!AMR\n', 'an AMR file'],
  ])('%j are those of %s', (text, name) => {
    expect(nameOf(text)).toBe(name)
  })

  it.each([
    '',
    ' ',
    'pixels',
    '<3 you',
    '< p>',
    '1 < 2',
    '{"a":1}',
    '# Title',
    '#!AM',
    'MZ',
    '\xff\xfb\x90',
    '\0'.repeat(50),
  ])('%j may be anything', (text) => {
    expect(sniff(bytes(text))).toBeNull()
  })

  // What stands where a format's name would, behind something else, must not make that something pass for the format.
  it.each(['<script>WEBPVP8 ', '<br>ftypavif<script>', '<p >ftypisom', '#!/bin/sWEBPVP'])(
    'of %j do not pass for a picture or a film',
    (text) => {
      expect(['markup', 'script']).toContain(sniff(bytes(text))?.family)
    },
  )

  it('are recognised in real files', async () => {
    const folder = join(import.meta.dirname, '../../testing/media')
    const families: Record<string, string> = {
      '.png': 'image/png',
      '.jpg': 'image/jpeg',
      '.webp': 'image/webp',
      '.mp4': 'video/mp4',
      '.webm': 'video/webm',
      '.mp3': 'audio/mpeg',
    }
    const files = (await readdir(folder)).filter((file) => extname(file) in families)
    expect(files.length).toBeGreaterThan(6)
    for (const file of files) {
      expect([file, sniff(await readFile(join(folder, file)))?.type]).toEqual([file, families[extname(file)]])
    }
  })

  it('say that it is markup whatever stands before and behind the first tag, in upper and lower case', () => {
    const mark = fc.constantFrom('', '\xef\xbb\xbf')
    const blank = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r', '\f'), maxLength: 40 })
    const tag = fc.constantFrom(
      '<!DOCTYPE html>',
      '<html>',
      '<script>',
      '<svg ',
      '<iframe/',
      '<!--',
      '<?xml ',
      '<body\n',
      '<a:b>',
    )
    const rest = fc.uint8Array({ maxLength: 100 })
    fc.assert(
      fc.property(mark, blank, tag, fc.infiniteStream(fc.boolean()), rest, (before, space, name, upper, after) => {
        const mixed = [...name].map((letter) => (upper.next().value ? letter.toUpperCase() : letter.toLowerCase()))
        const head = new Uint8Array([...bytes(before + space + mixed.join('')), ...after])
        expect(sniff(head)?.family).toBe('markup')
      }),
    )
  })

  it('are read quickly, and without an error, whatever they are', () => {
    const piece = fc.constantFrom(
      '<!--',
      '-->',
      '<!doctype ',
      '[',
      ']',
      '>',
      '<?',
      '?>',
      ' ',
      '<svg',
      '<',
      '\0',
      'PE',
      'MZ',
    )
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2 * HEAD_BYTES }), (head) => void sniff(head)))
    fc.assert(fc.property(fc.array(piece, { maxLength: 700 }), (pieces) => void sniff(bytes(pieces.join('')))))
  })
})
