import { envelope, json } from './answer.ts'
import type { Incoming } from './incoming.ts'
import { isObject } from './jobs.ts'
import type { Kie } from './kie.ts'
import type { MediaContent } from './media.ts'
import { decodeBase64 } from './media.ts'

/** As documented for base64 uploads. */
const base64LimitBytes = 10 * 1024 * 1024

/** `POST /api/file-stream-upload`: a form with `file`, `uploadPath` and perhaps `fileName`. */
export async function streamUpload({ body, file }: Incoming, kie: Kie): Promise<Response> {
  if (!file) return envelope(400, 'file is required')
  const content = { type: file.type || 'application/octet-stream', bytes: new Uint8Array(await file.arrayBuffer()) }
  return store(kie, content, text(body, 'uploadPath'), text(body, 'fileName') || file.name)
}

/** `POST /api/file-base64-upload`: `{ base64Data, uploadPath, fileName? }`, with or without `data:…;base64,` in front. */
export function base64Upload({ body, at }: Incoming, kie: Kie): Response {
  const [, type = 'image/png', data = ''] =
    /^(?:data:([^;,]*);base64,)?([\w+/=\s]+)$/.exec(text(body, 'base64Data')) ?? []
  const bytes = readBase64(data)
  if (!bytes?.length) return envelope(400, 'base64Data is required')
  const content = { type, bytes }
  if (content.bytes.length > base64LimitBytes) return envelope(400, 'The file is larger than 10 MB')
  return store(kie, content, text(body, 'uploadPath'), text(body, 'fileName') || `${at}.${type.split('/')[1] ?? 'bin'}`)
}

function readBase64(data: string): Uint8Array<ArrayBuffer> | null {
  try {
    return decodeBase64(data)
  } catch {
    return null
  }
}

/** `POST /api/file-url-upload`: `{ fileUrl, uploadPath, fileName? }`. */
export async function urlUpload({ body }: Incoming, kie: Kie): Promise<Response> {
  const address = text(body, 'fileUrl')
  if (!/^https?:\/\//.test(address)) return envelope(400, 'fileUrl is required')
  const fetchFile = kie.options.fetch ?? fetch
  try {
    const response = await fetchFile(address)
    if (!response.ok) return envelope(451, 'Failed to fetch the file')
    const type = response.headers.get('content-type') ?? 'application/octet-stream'
    const content = { type, bytes: new Uint8Array(await response.arrayBuffer()) }
    const name = text(body, 'fileName') || new URL(address).pathname.split('/').at(-1) || 'file'
    return store(kie, content, text(body, 'uploadPath'), name)
  } catch {
    return envelope(451, 'Failed to fetch the file')
  }
}

/** The same name in the same path replaces what was there. */
function store(kie: Kie, content: MediaContent, uploadPath: string, fileName: string): Response {
  const filePath = [...uploadPath.split('/'), fileName].filter((part) => part !== '' && part !== '..').join('/')
  kie.uploads.set(`uploads/${filePath}`, content)
  return json({
    success: true,
    code: 200,
    msg: 'File uploaded successfully',
    data: {
      fileName,
      filePath,
      downloadUrl: `${kie.mediaBaseUrl()}/uploads/${filePath.split('/').map(encodeURIComponent).join('/')}`,
      fileSize: content.bytes.length,
      mimeType: content.type,
      uploadedAt: new Date(kie.now()).toISOString(),
    },
  })
}

function text(body: Incoming['body'], key: string): string {
  const value = isObject(body) ? body[key] : undefined
  return typeof value === 'string' ? value : ''
}
