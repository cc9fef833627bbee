import type { JsonValue } from '@kiekit/core'

/** One request that the fake has received, for assertions. */
export interface FakeKieRequest {
  method: string
  /** Kie's own path, without what a gateway or a proxy puts before it. */
  path: string
  query: Record<string, string>
  /** Parsed JSON, the fields of a form (files as `{ name, type, size }`), text, or `null`. */
  body: JsonValue
  /** By lower-case name. */
  headers: Record<string, string>
  /** By the fake's clock, in epoch milliseconds. */
  at: number
}

/** A request with what the routes need beyond the log. */
export interface Incoming extends FakeKieRequest {
  file: File | null
}

/** Kie's own path inside any address: `/api/kie/api/v1/jobs/createTask` is `/api/v1/jobs/createTask`. */
export function kiePath(pathname: string): string {
  return /\/(?:api\/(?:v1\/|file-)|media\/).*$/.exec(pathname)?.[0] ?? pathname
}

/** Where the fake is asked, and when. */
export interface Surroundings {
  now: () => number
  mediaBaseUrl: () => string
}

export async function readRequest(request: Request, { now, mediaBaseUrl }: Surroundings): Promise<Incoming> {
  const at = now()
  const url = new URL(request.url)
  const isFile = request.url.startsWith(`${mediaBaseUrl()}/`)
  const filePath = () => `/media${url.pathname.slice(new URL(mediaBaseUrl()).pathname.length)}`
  const { body, file } = await readBody(request)
  return {
    method: request.method,
    path: isFile ? filePath() : kiePath(url.pathname),
    query: Object.fromEntries(url.searchParams),
    body,
    headers: Object.fromEntries(request.headers),
    at,
    file,
  }
}

async function readBody(request: Request): Promise<{ body: JsonValue; file: File | null }> {
  if (request.body === null) return { body: null, file: null }
  if (request.headers.get('content-type')?.startsWith('multipart/form-data')) {
    return request.formData().then(readForm, () => ({ body: null, file: null }))
  }
  const text = await request.text()
  if (text === '') return { body: null, file: null }
  try {
    return { body: JSON.parse(text) as JsonValue, file: null }
  } catch {
    return { body: text, file: null }
  }
}

function readForm(form: FormData): { body: JsonValue; file: File | null } {
  const fields = Array.from(form, ([name, value]): [string, JsonValue] => [
    name,
    typeof value === 'string' ? value : { name: value.name, type: value.type, size: value.size },
  ])
  const file = form.get('file')
  return { body: Object.fromEntries(fields), file: file instanceof File ? file : null }
}
