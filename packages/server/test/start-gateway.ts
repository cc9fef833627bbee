import { createFakeKie, type FakeKieOptions } from '@kiekit/testing'
import { afterEach, expect } from 'vitest'
import { createKieGateway, type KieGateway } from '../src/gateway.ts'
import type { GatewayLogger } from '../src/logger.ts'
import { memoryStore } from '../src/memory-store.ts'
import type { GatewayOptions } from '../src/options.ts'

/** The key of every gateway in these tests. Whatever test it turns up in outside of a request to Kie fails. */
export const KEY = 'sk-live-5f3a9c27e1b04d68'
export const MOUNT = 'http://app.test/api/kie'

const open: KieGateway[] = []
const said: Promise<string>[] = []

afterEach(async () => {
  const everything = (await Promise.all(said.splice(0))).join('\n')
  await Promise.all(open.splice(0).map((gateway) => gateway.close()))
  expect(everything).not.toContain(KEY)
})

/** Everything that a gateway says to the outside is noted here, to be searched for the key after the test. */
export function note(text: string | Promise<string>) {
  said.push(Promise.resolve(text))
}

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
  const gateway = createKieGateway({
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
    note(JSON.stringify([...response.headers]))
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
