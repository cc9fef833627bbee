import { createFakeKie, type FakeKieOptions } from '@kiekit/testing'
import { afterEach, expect } from 'vitest'
import type { KieGateway } from '../src/gateway.ts'
import type { GatewayLogger } from '../src/logger.ts'
import { memoryStore } from '../src/memory-store.ts'
import type { GatewayOptions } from '../src/options.ts'
import { KEY, note, openGateway } from './key-watch.ts'

export { KEY } from './key-watch.ts'

export const MOUNT = 'http://app.test/api/kie'

const open: KieGateway[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((gateway) => gateway.close()))
})

/** A logger that keeps its lines. */
export function keepLines(): { logger: GatewayLogger; lines: string[] } {
  const lines: string[] = []
  const write = (level: string) => (fields: Record<string, unknown>, message: string) => {
    lines.push(`${level} ${message} ${JSON.stringify(fields)}`)
    note(`${level} ${message} ${JSON.stringify(fields)}`)
  }
  return { lines, logger: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') } }
}

/** A gateway in front of a fake Kie; the header `x-user` says who is asking. */
export function startGateway(options: Partial<GatewayOptions> = {}, fakeOptions: FakeKieOptions = {}) {
  const fake = createFakeKie({ apiKey: KEY, seed: 1, ...fakeOptions })
  const { logger, lines } = keepLines()
  const gateway = openGateway({
    apiKey: KEY,
    authorize: ({ request }) => request.headers.get('x-user'),
    store: memoryStore(),
    fetch: fake.fetch,
    logger,
    ...options,
  })
  open.push(gateway)

  async function ask(path: string, init: RequestInit & { user?: string } = {}): Promise<Response> {
    const { user = 'ann', ...rest } = init
    const headers = new Headers(rest.headers)
    headers.set('x-user', user)
    const response = await gateway.fetch(
      new Request(`${MOUNT}${path}`, { duplex: 'half', ...rest, headers } as RequestInit),
    )
    // Also what the test itself does not read.
    if (!response.headers.get('content-type')?.startsWith('text/event-stream'))
      note(
        response
          .clone()
          .text()
          .catch(() => ''),
      )
    return response
  }

  const post = (path: string, body: unknown, init: RequestInit & { user?: string } = {}) =>
    ask(path, {
      method: 'POST',
      body: JSON.stringify(body),
      ...init,
      headers: { 'content-type': 'application/json', ...Object.fromEntries(new Headers(init.headers)) },
    })

  const createRaw = ({ user = 'ann', key, model = 'z-image' }: { user?: string; key?: string; model?: string } = {}) =>
    post(
      CREATE,
      { model, input: { prompt: 'a pear' } },
      { user, headers: key === undefined ? {} : { 'idempotency-key': key } },
    )

  return {
    gateway,
    fake,
    lines,
    ask,
    post,
    createRaw,
    create: async (init?: Parameters<typeof createRaw>[0]): Promise<string> => taskIdOf(await createRaw(init)),
    read: (taskId: string, user = 'ann') => ask(`${RECORD}?${new URLSearchParams({ taskId }).toString()}`, { user }),
    /** How often Kie was asked on this path. */
    asked: (path: string) => fake.requests.filter((request) => request.path === path).length,
  }
}

export async function taskIdOf(response: Response): Promise<string> {
  const body: unknown = await response.json()
  expect(body).toMatchObject({ code: 200, data: { taskId: expect.any(String) as string } })
  return (body as { data: { taskId: string } }).data.taskId
}

export const RECORD = '/api/v1/jobs/recordInfo'
export const CREATE = '/api/v1/jobs/createTask'
