/** What a file's first bytes say that it is. */
export interface Found {
  /** The media type that is usual for it. */
  type: string
  /** For people: "HTML", "a ZIP archive". */
  name: string
  /** Audio and video share their containers, so they are one family. */
  family: 'image' | 'audio-video' | 'markup' | 'script' | 'program' | 'document' | 'archive'
}

/** How many bytes are enough: what browsers look at ("resource header", https://mimesniff.spec.whatwg.org/#read-the-resource-header). */
export const HEAD_BYTES = 1_445

const image = (type: string, name: string): Found => ({ type, name, family: 'image' })
const audioVideo = (type: string, name: string): Found => ({ type, name, family: 'audio-video' })
const program = (type: string, name: string): Found => ({ type, name, family: 'program' })
const archive = (type: string, name: string): Found => ({ type, name, family: 'archive' })

const HTML: Found = { type: 'text/html', name: 'HTML', family: 'markup' }
const SVG: Found = { type: 'image/svg+xml', name: 'SVG', family: 'markup' }
const XML: Found = { type: 'application/xml', name: 'XML', family: 'markup' }
const PHP: Found = { type: 'application/x-httpd-php', name: 'a PHP script', family: 'script' }
const SCRIPT: Found = { type: 'application/x-sh', name: 'a script', family: 'script' }

// Over the bytes as text, a character for each. Images, audio, video and archives are from the standard's tables
// (https://mimesniff.spec.whatwg.org/#matching-a-mime-type-pattern) and the formats' own specifications; programs from
// `man 5 elf`, Apple's mach-o/loader.h and the WebAssembly and Java class file formats.
const signatures: readonly (readonly [begins: RegExp, found: Found])[] = [
  [/^\x89PNG\r\n\x1a\n/, image('image/png', 'a PNG image')],
  [/^\xff\xd8\xff/, image('image/jpeg', 'a JPEG image')],
  [/^GIF8[79]a/, image('image/gif', 'a GIF image')],
  [/^RIFF[^]{4}WEBPVP/, image('image/webp', 'a WebP image')],
  [/^(?:II\*\0|MM\0\*)/, image('image/tiff', 'a TIFF image')],
  [/^BM[^]{4}\0{4}/, image('image/bmp', 'a BMP image')],
  [/^\0[^]{3}ftypavi[fs]/, image('image/avif', 'an AVIF image')],
  [/^\0[^]{3}ftyp(?:hei|hev)/, image('image/heic', 'a HEIC image')],
  [/^\0[^]{3}ftypm[is]f1/, image('image/heif', 'a HEIF image')],
  [/^\0{3}\x0cJXL \r\n\x87\n/, image('image/jxl', 'a JPEG XL image')],
  [/^\0[^]{3}ftyp/, audioVideo('video/mp4', 'an MP4 file')],
  [/^\0[^]{3}moov/, audioVideo('video/quicktime', 'a QuickTime file')],
  [/^\x1a\x45\xdf\xa3/, audioVideo('video/webm', 'a WebM or Matroska file')],
  [/^OggS\0/, audioVideo('audio/ogg', 'an Ogg file')],
  [/^RIFF[^]{4}WAVE/, audioVideo('audio/wav', 'a WAVE file')],
  [/^RIFF[^]{4}AVI /, audioVideo('video/x-msvideo', 'an AVI file')],
  [/^FORM[^]{4}AIF[FC]/, audioVideo('audio/aiff', 'an AIFF file')],
  [/^ID3[\x02-\x04]/, audioVideo('audio/mpeg', 'an MP3 file')],
  [/^fLaC/, audioVideo('audio/flac', 'a FLAC file')],
  [/^#!AMR/, audioVideo('audio/amr', 'an AMR file')],
  [/^%PDF-/, { type: 'application/pdf', name: 'a PDF document', family: 'document' }],
  [/^%!PS-Adobe-/, { type: 'application/postscript', name: 'PostScript', family: 'document' }],
  [/^PK\x03\x04/, archive('application/zip', 'a ZIP archive')],
  [/^\x1f\x8b\x08/, archive('application/gzip', 'a gzip archive')],
  [/^Rar!\x1a\x07/, archive('application/vnd.rar', 'a RAR archive')],
  [/^7z\xbc\xaf\x27\x1c/, archive('application/x-7z-compressed', 'a 7z archive')],
  [/^\x7fELF/, program('application/x-executable', 'a program')],
  [/^\0asm/, program('application/wasm', 'a WebAssembly program')],
  [/^[\xce\xcf]\xfa\xed\xfe/, program('application/x-mach-binary', 'a program')],
  [/^\xca\xfe\xba\xbe/, program('application/java-vm', 'a program')],
]

/** What the file is, where that is certain; `null` for plain text, and for all that is not known here. */
export function sniff(head: Uint8Array): Found | null {
  const text = latin1(head.subarray(0, HEAD_BYTES))
  return (
    sniffText(withoutMark(text)) ??
    windowsProgram(text) ??
    signatures.find(([begins]) => begins.test(text))?.[1] ??
    null
  )
}

function sniffText(text: string): Found | null {
  if (/^#! ?\//.test(text)) return SCRIPT
  const begin = text.trimStart()
  if (/^<\?(?:php\b|=)/i.test(begin)) return PHP
  if (!/^<(?:!doctype\b|!--|\?xml\b|[a-z][\w:.-]*[\s>/])/i.test(begin)) return null
  const element = firstElement(begin)
  if (/^<!doctype html\b/i.test(begin) || /^<html\b/i.test(element)) return HTML
  if (/^<(?:\w+:)?svg\b/i.test(element)) return SVG
  return /^<\?xml\b/i.test(begin) || !/^<[a-z]/i.test(element) ? XML : HTML
}

/** From the first tag on that is an element's: behind declarations, comments and the document type. */
function firstElement(markup: string): string {
  return markup.replace(/^(?:\s|<\?[^>]*>|<!--[^]*?-->|<!doctype[^[>]*(?:\[[^\]]*\]\s*)?>)+/i, '')
}

// UTF-8's mark goes; of UTF-16, with its zero beside each letter, the letters stay.
function withoutMark(text: string): string {
  const unmarked = text.replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
  return /^(?:\0[\x09-\x7e]|[\x09-\x7e]\0)/.test(unmarked) ? unmarked.replaceAll('\0', '') : unmarked
}

// Two letters alone are too little; they lead to where "PE" stands (Microsoft's PE format).
function windowsProgram(text: string): Found | null {
  const at = text.charCodeAt(0x3c) + text.charCodeAt(0x3d) * 256
  const isProgram = text.startsWith('MZ') && text.startsWith('PE\0\0', at)
  return isProgram ? program('application/vnd.microsoft.portable-executable', 'a program') : null
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}
