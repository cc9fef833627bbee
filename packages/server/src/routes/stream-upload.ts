import { piecesOf } from '../body.ts'
import { boundaryOf, collect, type FormPart, readForm } from '../multipart.ts'
import type { GatewayParts, Route } from '../parts.ts'
import { peek } from '../peek.ts'
import { Refusal } from '../refusal.ts'
import { HEAD_BYTES } from '../sniff.ts'
import { uploadAnswer } from '../upload-answer.ts'
import { uploadForm } from '../upload-form.ts'
import {
  checkUploadContent,
  checkUploadType,
  freshFolder,
  safeFileName,
  UPLOAD_BYTES,
  UPLOAD_TIMEOUT_MS,
} from '../upload-rules.ts'
import type { UpstreamAnswer } from '../upstream.ts'

const FIELD_BYTES = 4_096
// For the form around the file.
const FORM_BYTES = 64 * 1024

/** Passes a form's file on to Kie as it comes, into a folder of its own: there the same name would overwrite another's file. */
export function streamUpload(parts: GatewayParts): Route {
  const maxBytes = parts.options.limits?.uploadBytes ?? UPLOAD_BYTES
  return async (context) => {
    const user = await parts.authorize({ request: context.req.raw, action: 'upload', taskId: null })
    const end = parts.limits.beginUpload(user.id)
    try {
      return await uploadAnswer(parts, await passFormOn(context.req.raw), user.id)
    } finally {
      end()
    }
  }

  async function passFormOn(request: Request): Promise<UpstreamAnswer> {
    const boundary = boundaryOf(request.headers.get('content-type'))
    if (boundary === null) throw new Refusal(415, 'Send the file as multipart/form-data.')
    let fileName: string | undefined
    let uploadPath: string | undefined
    for await (const part of readForm(piecesOf(request, maxBytes + FORM_BYTES, UPLOAD_TIMEOUT_MS), boundary)) {
      if (part.name === 'fileName') fileName = await readText(part)
      if (part.name === 'uploadPath') uploadPath = await readText(part)
      if (part.name !== 'file') continue
      return await passOn(parts, part, { fileName: fileName ?? part.filename, uploadPath }, maxBytes)
    }
    throw new Refusal(422, 'The form has no field "file".')
  }
}

async function readText(field: FormPart): Promise<string> {
  return new TextDecoder().decode(await collect(field.body, FIELD_BYTES))
}

async function passOn(
  parts: GatewayParts,
  file: FormPart,
  wish: { fileName: string | undefined; uploadPath: string | undefined },
  maxBytes: number,
): Promise<UpstreamAnswer> {
  const { uploadTypes } = parts.options.limits ?? {}
  const type = checkUploadType(file.type, uploadTypes)
  const name = safeFileName(wish.fileName, type)
  const { head, body } = await peek(file.body, HEAD_BYTES)
  checkUploadContent(type, head, uploadTypes)
  let fault: unknown
  async function* watched() {
    let bytes = 0
    try {
      for await (const piece of body) {
        bytes += piece.length
        if (bytes > maxBytes) throw new Refusal(413, `The file is too large: at most ${maxBytes} bytes are taken.`)
        yield piece
      }
    } catch (error) {
      fault = error
      throw error
    }
  }
  const form = uploadForm({ uploadPath: freshFolder(wish.uploadPath), fileName: name }, { name, type, body: watched() })
  const answer = await parts.uploads({
    method: 'POST',
    path: '/api/file-stream-upload',
    timeoutMs: UPLOAD_TIMEOUT_MS,
    ...form,
  })
  // A body that breaks off looks like trouble with the network from the other side; the caller is told what it was.
  if (fault instanceof Error) throw fault
  return answer
}
