import * as z from 'zod/mini'
import { readJson } from '../body.ts'
import { check } from '../check.ts'
import type { GatewayParts, Route } from '../parts.ts'
import { Refusal } from '../refusal.ts'
import { HEAD_BYTES } from '../sniff.ts'
import { uploadAnswer } from '../upload-answer.ts'
import {
  checkUploadContent,
  checkUploadType,
  freshFolder,
  safeFileName,
  UPLOAD_BYTES,
  UPLOAD_TIMEOUT_MS,
} from '../upload-rules.ts'

/** Kie's own bound for base64 uploads. */
const BASE64_BYTES = 10 * 1024 * 1024
const URL_BODY_BYTES = 16 * 1024

const fileName = z.optional(z.string().check(z.maxLength(500)))
const uploadPath = z.optional(z.string().check(z.maxLength(500)))
const base64Schema = z.object({ base64Data: z.string().check(z.minLength(1)), fileName, uploadPath })
const urlSchema = z.object({
  fileUrl: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).check(z.maxLength(4_096)),
  fileName,
  uploadPath,
})

/** Passes a small file on that came inside JSON. */
export function base64Upload(parts: GatewayParts): Route {
  const { uploadBytes = UPLOAD_BYTES, uploadTypes } = parts.options.limits ?? {}
  const maxBytes = Math.min(uploadBytes, BASE64_BYTES)
  return async (context) => {
    const user = await parts.authorize({ request: context.req.raw, action: 'upload', taskId: null })
    const end = parts.limits.beginUpload(user.id)
    try {
      // Four characters carry three bytes.
      const body = check(base64Schema, await readJson(context.req.raw, Math.ceil(maxBytes / 3) * 4 + 4_096))
      const [prefix, declared] = /^data:([^;,]{1,100});base64,/.exec(body.base64Data) ?? []
      if (prefix === undefined || declared === undefined)
        throw new Refusal(422, 'Invalid request: base64Data: must begin with "data:<type>;base64,".')
      const type = checkUploadType(declared, uploadTypes)
      checkUploadContent(type, headOf(body.base64Data.slice(prefix.length)), uploadTypes)
      return await send(parts, '/api/file-base64-upload', body, type, user.id)
    } finally {
      end()
    }
  }
}

/** Lets Kie fetch a file from the web; the gateway itself does not touch the address. */
export function urlUpload(parts: GatewayParts): Route {
  return async (context) => {
    const user = await parts.authorize({ request: context.req.raw, action: 'upload', taskId: null })
    const end = parts.limits.beginUpload(user.id)
    try {
      const body = check(urlSchema, await readJson(context.req.raw, URL_BODY_BYTES))
      const fileName = body.fileName ?? new URL(body.fileUrl).pathname
      return await send(parts, '/api/file-url-upload', { ...body, fileName }, '', user.id)
    } finally {
      end()
    }
  }
}

// All of it must be plain base64: of anything else Kie could read other bytes than were looked at here.
function headOf(base64: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) throw new Refusal(422, 'Invalid request: base64Data: is not base64.')
  const head = base64.slice(0, Math.ceil(HEAD_BYTES / 3) * 4).replace(/=+$/, '')
  // A single letter at the end carries no byte.
  const whole = head.length % 4 === 1 ? head.slice(0, -1) : head
  return Uint8Array.from(atob(whole), (character) => character.charCodeAt(0))
}

interface UploadRequest {
  fileName?: string | undefined
  uploadPath?: string | undefined
}

async function send(parts: GatewayParts, path: string, body: UploadRequest, type: string, userId: string) {
  const answer = await parts.uploads({
    method: 'POST',
    path,
    body: JSON.stringify({
      ...body,
      uploadPath: freshFolder(body.uploadPath),
      fileName: safeFileName(body.fileName, type),
    }),
    contentType: 'application/json',
    timeoutMs: UPLOAD_TIMEOUT_MS,
  })
  return uploadAnswer(parts, answer, userId)
}
