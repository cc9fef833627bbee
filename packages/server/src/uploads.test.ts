import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startGateway } from '../test/start-gateway.ts'
import { boundaryOf, collect, readForm } from './multipart.ts'

const STREAM = '/api/file-stream-upload'
/** A form as it comes over the wire. Node's own stream of a FormData fails when it is cancelled in the middle. */
async function form(fields: Record<string, string | File>) {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  const written = new Response(data)
  const headers = { 'content-type': written.headers.get('content-type') ?? '' }
  return { method: 'POST', headers, body: await written.arrayBuffer() }
}
const picture = (name = 'cat.png', type = 'image/png', content: BlobPart = 'pixels') =>
  new File([content], name, { type })

/** The bytes as a stream, cut into pieces of these sizes in turn, made when they are asked for. */
function inPieces(whole: Uint8Array<ArrayBuffer>, sizes: number[], onTaken: (size: number) => void = () => {}) {
  let at = 0
  let turn = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = whole.slice(at, at + (sizes[turn % sizes.length] ?? 1))
      at += piece.length
      turn += 1
      onTaken(piece.length)
      if (piece.length === 0) controller.close()
      else controller.enqueue(piece)
    },
  })
}

describe('an upload', () => {
  it('streams through to Kie, into a folder of its own', async () => {
    const { ask, fake } = startGateway()
    const answer = await ask(STREAM, await form({ uploadPath: 'shared', fileName: 'cat.png', file: picture() }))
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      code: 200,
      data: { downloadUrl: expect.stringMatching(/\/shared\/.*\/cat\.png$/) as string },
    })
    expect(fake.requests[0]?.body).toMatchObject({
      file: { name: 'cat.png', type: 'image/png', size: 6 },
      fileName: 'cat.png',
      uploadPath: expect.stringMatching(/^shared\/[\da-f-]{36}$/) as string,
    })
  })

  it('never lies where another does, though both ask for the same folder and name', async () => {
    const { ask, post, fake } = startGateway()
    const wish = { uploadPath: 'a/b', fileName: 'cat.png' }
    await ask(STREAM, await form({ ...wish, file: picture() }))
    await post('/api/file-base64-upload', { ...wish, base64Data: `data:image/png;base64,${btoa('pixels')}` })
    await post('/api/file-url-upload', { ...wish, fileUrl: 'https://example.com/cat.png' })
    const folders = fake.requests.map(({ body }) => (body as { uploadPath: string }).uploadPath)
    expect(folders).toHaveLength(3)
    expect(new Set(folders).size).toBe(3)
    for (const folder of folders) expect(folder).toMatch(/^a\/b\/[\da-f-]{36}$/)
  })

  it.each(['', '/', '../..', '..\\..', '"; x="', 'a/../../b', '/etc/./x', 'x\r\nSet-Cookie: a=1', 'd/'.repeat(200)])(
    'cannot break out with the folder %j',
    async (uploadPath) => {
      const { ask, fake } = startGateway()
      await ask(STREAM, await form({ uploadPath, file: picture() }))
      expect(fake.requests[0]?.body).toMatchObject({
        uploadPath: expect.stringMatching(/^([\p{L}\p{N}_][\p{L}\p{N}._-]*\/){1,5}[\da-f-]{36}$/u) as string,
      })
    },
  )

  it('may be JSON with base64 in it, or an address for Kie to fetch', async () => {
    const { post, fake } = startGateway()
    const base64 = await post('/api/file-base64-upload', {
      base64Data: `data:image/png;base64,${btoa('pixels')}`,
      fileName: 'a b.png',
    })
    expect(await base64.json()).toMatchObject({ code: 200, data: { fileSize: 6, fileName: 'a-b.png' } })
    await post('/api/file-url-upload', { fileUrl: 'https://example.com/dir/cat.png?x=1' })
    expect(fake.requests.at(-1)?.body).toMatchObject({
      fileUrl: 'https://example.com/dir/cat.png?x=1',
      fileName: 'cat.png',
    })
  })

  it.each(['../../etc/passwd', 'a"; filename="b', 'x\r\nSet-Cookie: a=1', '....', ''])(
    'cannot break out with the name %j',
    async (fileName) => {
      const { ask, fake } = startGateway()
      await ask(STREAM, await form({ fileName, file: picture() }))
      expect(fake.requests[0]?.body).toMatchObject({
        fileName: expect.stringMatching(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u) as string,
      })
    },
  )

  it.each([
    ['evil.html', 'image/png', 'evil.png'],
    ['evil.HTM', 'image/jpeg', 'evil.jpg'],
    ['evil.svg', 'image/png', 'evil.png'],
    ['evil.png.xhtml', 'video/mp4', 'evil.png.mp4'],
    ['evil.html.', 'audio/mpeg', 'evil.html.mp3'],
    ['cat.php', 'image/html', 'cat.bin'],
    ['drawing.svg', 'image/svg+xml', 'drawing.svg'],
    ['CAT.JPEG', 'image/png', 'CAT.JPEG'],
    ['cat', 'image/png', 'cat'],
    ['song.ogg', 'audio/mpeg', 'song.ogg'],
  ])('named %s and declared as %s lies at Kie as %s', async (fileName, type, stored) => {
    const { ask, post, fake } = startGateway()
    const base64Data = `data:${type};base64,${btoa('content')}`
    expect((await post('/api/file-base64-upload', { base64Data, fileName })).status).toBe(200)
    expect((await ask(STREAM, await form({ file: picture(fileName, type) }))).status).toBe(200)
    expect(fake.requests[0]?.body).toMatchObject({ fileName: stored })
    expect(fake.requests[1]?.body).toMatchObject({ fileName: stored, file: { name: stored } })
  })

  it.each([
    ['page.html', 'text/plain', 'page.txt'],
    ['run.exe', 'application/octet-stream', 'run.bin'],
    ['page.html', 'text/html', 'page.html'],
    ['paper.pdf', 'application/pdf', 'paper.pdf'],
    ['data.own', 'application/x-own', 'data.own'],
  ])('named %s and declared as %s, where the app allows that, lies at Kie as %s', async (fileName, type, stored) => {
    const { post, fake } = startGateway({ limits: { uploadTypes: [type] } })
    await post('/api/file-base64-upload', { base64Data: `data:${type};base64,${btoa('content')}`, fileName })
    expect(fake.requests[0]?.body).toMatchObject({ fileName: stored })
  })

  it.each([
    ['https://example.com/evil.html', undefined, 'evil.bin'],
    ['https://example.com/picture.php?id=1', undefined, 'picture.bin'],
    ['https://example.com/cat.png', 'evil.svg', 'evil.bin'],
    ['https://example.com/cat.png', 'cat.png', 'cat.png'],
  ])('fetched from %s and named %s lies at Kie as %s', async (fileUrl, fileName, stored) => {
    const { post, fake } = startGateway()
    await post('/api/file-url-upload', { fileUrl, fileName })
    expect(fake.requests[0]?.body).toMatchObject({ fileName: stored })
  })

  it('is held to ten at a time for one user', async () => {
    let answer = () => {}
    const answered = new Promise<void>((resolve) => void (answer = resolve))
    const { post, ask } = startGateway({
      fetch: async () => {
        await answered
        return Response.json({ code: 200, msg: 'success', data: { downloadUrl: 'https://file.kie.ai/a.png' } })
      },
    })
    const upload = (user = 'ann') =>
      post('/api/file-base64-upload', { base64Data: `data:image/png;base64,${btoa('pixels')}` }, { user })
    const underWay = Array.from({ length: 10 }, () => upload())
    for (const refused of [
      await upload(),
      await ask(STREAM, await form({ file: picture() })),
      await post('/api/file-url-upload', { fileUrl: 'https://example.com/cat.png' }),
    ]) {
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
    }
    underWay.push(upload('bob'))
    answer()
    underWay.push(...(await Promise.all(underWay)).slice(0, 1).map(() => upload()))
    expect((await Promise.all(underWay)).map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200))
  })

  it('is refused when its type is not one of those allowed', async () => {
    const { ask, post, fake } = startGateway()
    const page = await ask(STREAM, await form({ file: picture('x.html', 'text/html') }))
    expect([page.status, await page.json()]).toMatchObject([415, { code: 415 }])
    const base64 = await post('/api/file-base64-upload', { base64Data: 'data:text/html;base64,PGI+' })
    expect(base64.status).toBe(415)
    expect(fake.requests).toHaveLength(0)
    const own = startGateway({ limits: { uploadTypes: ['application/pdf'] } })
    expect((await own.ask(STREAM, await form({ file: picture('a.pdf', 'application/pdf') }))).status).toBe(200)
    expect((await own.ask(STREAM, await form({ file: picture() }))).status).toBe(415)
  })

  it.each([
    ['image/png', '<script>alert(1)</script>', 'HTML'],
    ['image/jpeg', '\n<?xml version="1.0"?>\n<svg onload="alert(1)">', 'SVG'],
    ['video/mp4', '#!/bin/sh', 'a script'],
    ['audio/mpeg', '%PDF-1.7', 'a PDF document'],
    ['image/png', '\0\0\0\x20ftypisom', 'an MP4 file'],
    ['image/svg+xml', '<!doctype html><p>', 'HTML'],
  ])('declared as %s is refused when it begins with %j, in a form and in JSON', async (type, content, name) => {
    const { ask, post, fake } = startGateway()
    for (const answer of [
      await ask(STREAM, await form({ file: picture('a.png', type, content) })),
      await post('/api/file-base64-upload', { base64Data: `data:${type};base64,${btoa(content)}` }),
    ]) {
      const msg = `The file is declared as ${type}, but its content is ${name}. Nothing was uploaded.`
      expect([answer.status, await answer.json()]).toEqual([415, { code: 415, msg, data: null }])
    }
    expect(fake.requests).toHaveLength(0)
  })

  it.each([
    ['text/plain', '<p>Not a page, a text that shows one', ['text/plain']],
    ['text/markdown', '# A title', ['text/*']],
    ['application/x-own', '\x01\x02\x03', ['application/x-own']],
    ['application/octet-stream', '<html>', ['application/octet-stream']],
    ['application/pdf', '%PDF-1.7', ['application/pdf']],
    ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg">', undefined],
    ['image/png', '\xff\xd8\xff\xe0', undefined],
    ['image/jpg', '\xff\xd8\xff\xe0', ['image/jpeg', 'image/jpg']],
    ['audio/webm', '\x1a\x45\xdf\xa3', undefined],
    ['audio/mpeg', '\xff\xfb\x90\x64', undefined],
  ])('declared as %s passes with %j in it, when %j are allowed', async (type, content, uploadTypes) => {
    const { post, fake } = startGateway({ limits: { uploadTypes } })
    const answer = await post('/api/file-base64-upload', { base64Data: `data:${type};base64,${btoa(content)}` })
    expect([answer.status, fake.requests.length]).toEqual([200, 1])
  })

  it('is refused as the picture that it is, where only another kind is allowed', async () => {
    const { post } = startGateway({ limits: { uploadTypes: ['image/png'] } })
    const answer = await post('/api/file-base64-upload', { base64Data: `data:image/png;base64,${btoa('GIF89a')}` })
    expect([answer.status, await answer.text()]).toEqual([415, expect.stringContaining('a GIF image')])
  })

  it.each(['PGI+ !', 'PGI\n+', '%3Cb%3E', 'PGI-', '=PGI'])('holds no base64 in %j', async (data) => {
    const { post, fake } = startGateway()
    const answer = await post('/api/file-base64-upload', { base64Data: `data:image/png;base64,${data}` })
    expect([answer.status, fake.requests.length]).toEqual([422, 0])
  })

  it('never gets a page past as a picture, however its bytes are cut, and passes the rest on unchanged', async () => {
    const begin = fc.constantFrom(
      '<html>',
      ' \n<script>',
      '<svg/onload=a>',
      '\xef\xbb\xbf<!DOCTYPE html>',
      'GIF89a',
      'pixels',
    )
    const sizes = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(begin, fc.uint8Array({ maxLength: 4_000 }), sizes, async (first, rest, cuts) => {
        const { ask, fake } = startGateway()
        const content = Uint8Array.from([...Uint8Array.from(first, (letter) => letter.charCodeAt(0)), ...rest])
        const whole = await form({ file: picture('a.png', 'image/png', content) })
        const answer = await ask(STREAM, { ...whole, body: inPieces(new Uint8Array(whole.body), cuts) })
        const isPage = first.includes('<')
        expect(answer.status).toBe(isPage ? 415 : 200)
        expect(fake.requests.map(({ body }) => body)).toMatchObject(isPage ? [] : [{ file: { size: content.length } }])
      }),
      { numRuns: 60 },
    )
  })

  it('that is refused for its content is read no further', async () => {
    const { ask, fake } = startGateway()
    const { headers, body } = await form({ file: picture('a.png', 'image/png', `<html>${' '.repeat(2_000_000)}`) })
    let taken = 0
    const pieces = inPieces(new Uint8Array(body), [1_000], (size) => void (taken += size))
    expect((await ask(STREAM, { method: 'POST', headers, body: pieces })).status).toBe(415)
    expect(taken).toBeLessThan(10_000)
    expect(fake.requests).toHaveLength(0)
  })

  it('is refused when it is too large, announced or not', async () => {
    const { ask } = startGateway({ limits: { uploadBytes: 100_000 } })
    const large = await form({ file: picture('a.png', 'image/png', 'x'.repeat(120_000)) })
    const answer = await ask(STREAM, large)
    expect([answer.status, await answer.json()]).toMatchObject([413, { code: 413 }])
    const fits = await form({ file: picture('a.png', 'image/png', 'x'.repeat(99_000)) })
    expect((await ask(STREAM, fits)).status).toBe(200)
  })

  it.each([
    ['no form', 'application/json', '{}', 415],
    [
      'a form without end',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nabc',
      400,
    ],
    ['a part without a name', 'multipart/form-data; boundary=b', '--b\r\n\r\nabc\r\n--b--', 400],
    ['endless headers', 'multipart/form-data; boundary=b', `--b\r\nX: ${'x'.repeat(20_000)}`, 400],
    [
      'no file',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nabc\r\n--b--',
      422,
    ],
    ['nothing', 'multipart/form-data; boundary=b', '', 400],
  ])('that is %s is refused', async (_, type, body, status) => {
    const { ask } = startGateway()
    expect((await ask(STREAM, { method: 'POST', headers: { 'content-type': type }, body })).status).toBe(status)
  })

  it.each(['ftp://example.com/a', 'file:///etc/passwd', 'javascript:1', '/a.png', 7])(
    'takes no %j for an address',
    async (fileUrl) => {
      const { post, fake } = startGateway()
      expect((await post('/api/file-url-upload', { fileUrl })).status).toBe(422)
      expect(fake.requests).toHaveLength(0)
    },
  )
})

describe('reading a form as it comes', () => {
  it('gives the same parts however the bytes are cut, even when they look like delimiters', async () => {
    const content = fc.string({ unit: fc.constantFrom('\r', '\n', '-', 'b', 'x', '\r\n--b', '--b--') })
    const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(fc.array(content, { maxLength: 4 }), cuts, async (contents, sizes) => {
        const boundary = 'b7'
        const encoder = new TextEncoder()
        const whole = encoder.encode(
          `${contents.map((text, index) => `--${boundary}\r\nContent-Disposition: form-data; name="f${index}"\r\n\r\n${text}\r\n`).join('')}--${boundary}--\r\n`,
        )
        async function* pieces() {
          for (let at = 0, turn = 0; at < whole.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1
            yield whole.slice(at, at + size)
            at += size
          }
        }
        const parts: [string, string][] = []
        for await (const { name, body } of readForm(pieces(), boundary)) {
          parts.push([name, new TextDecoder().decode(await collect(body, 10_000))])
        }
        expect(parts).toEqual(contents.map((text, index) => [`f${index}`, text]))
      }),
      { numRuns: 100 },
    )
  })

  it.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['Multipart/Form-Data; charset=utf-8; Boundary="a b"', 'a b'],
    ['multipart/form-data', null],
    ['multipart/mixed; boundary=abc', null],
    [null, null],
  ])('finds in %j the boundary %j', (type, boundary) => {
    expect(boundaryOf(type)).toBe(boundary)
  })
})
