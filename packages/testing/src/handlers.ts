import type { RequestHandler } from 'msw'
import { kiePath } from './incoming.ts'
import { ConnectionLost } from './router.ts'

export type { RequestHandler }

type Answer = (request: Request, signal: AbortSignal | null) => Promise<Response>

/** What MSW 2 and 3 call on a handler while they serve a request. */
interface HandlerProtocol {
  kind: 'request'
  __kind: 'RequestHandler'
  info: { header: string }
  options: object
  isUsed: boolean
  run(args: { request: Request; requestId: string }): Promise<HandlerResult | null>
  test(args: { request: Request }): Promise<boolean>
  log(): void
  reset(): void
  restore(): void
  dispose(): void
}
interface HandlerResult {
  handler: HandlerProtocol
  request: Request
  requestId: string
  response: Response
  parsedResult: object
}

const kieHosts = new Set(['api.kie.ai', 'kieai.redpandaai.co'])

/**
 * One handler for all of Kie. It speaks MSW's protocol itself instead of importing MSW's `http`: the package then works
 * for people without MSW, and in both of its major versions, whose handlers cannot be mixed.
 */
export function createHandlers(answer: Answer, mediaBaseUrl: () => string): RequestHandler[] {
  const isForKie = (request: Request) => {
    const { hostname, pathname } = new URL(request.url)
    return (
      kieHosts.has(hostname) || request.url.startsWith(`${mediaBaseUrl()}/`) || kiePath(pathname).startsWith('/api/')
    )
  }
  const handler: HandlerProtocol = {
    kind: 'request',
    __kind: 'RequestHandler',
    info: { header: 'Kie.ai (fake)' },
    options: {},
    isUsed: false,
    async run({ request, requestId }) {
      if (!isForKie(request)) return null
      handler.isUsed = true
      const forLog = request.clone()
      const response = await answer(request, request.signal).catch((error: unknown) => {
        if (error instanceof ConnectionLost) return Response.error()
        throw error
      })
      return { handler, request: forLog, requestId, response, parsedResult: {} }
    },
    test: async ({ request }) => isForKie(request),
    log() {},
    reset() {},
    restore() {},
    dispose() {},
  }
  // MSW's class has private members, so only its own instances satisfy its type; the tests run this one in MSW.
  return [handler as unknown as RequestHandler]
}
