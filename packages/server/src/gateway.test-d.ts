import type { IncomingMessage, ServerResponse } from 'node:http'
import type { KieTask } from '@kiekit/core'
import { describe, expectTypeOf, it } from 'vitest'
import {
  createKieGateway,
  type FinishedTaskTools,
  type GatewayLogger,
  type GatewayOptions,
  type GatewayUser,
  type KieGateway,
} from './index.ts'
import type { toNodeHandler } from './node.ts'

describe('the gateway’s types', () => {
  it('require a key and an answer to who may', () => {
    expectTypeOf(createKieGateway).parameter(0).toEqualTypeOf<GatewayOptions>()
    // @ts-expect-error no `authorize`
    expectTypeOf(createKieGateway).toBeCallableWith({ apiKey: 'k' })
    expectTypeOf(createKieGateway).toBeCallableWith({ apiKey: () => Promise.resolve('k'), authorize: () => null })
    expectTypeOf(createKieGateway).toBeCallableWith({
      apiKey: 'k',
      authorize: async () => ({ id: 'ann', name: 'Ann' }),
    })
    expectTypeOf(createKieGateway).toBeCallableWith({ apiKey: 'k', authorize: 'public', publicUrl: undefined })
  })

  it('fit route handlers, and pino', () => {
    expectTypeOf<KieGateway['fetch']>().toEqualTypeOf<(request: Request) => Promise<Response>>()
    expectTypeOf<ReturnType<typeof toNodeHandler>>().toBeCallableWith({} as IncomingMessage, {} as ServerResponse)
    interface Pino {
      info: { (fields: object, message?: string): void; (message: string): void }
    }
    expectTypeOf<Pino['info']>().toExtend<GatewayLogger['info']>()
  })

  it('tell onTaskFinished of the task and its owner, and hand it what opens results', () => {
    expectTypeOf<NonNullable<GatewayOptions['onTaskFinished']>>().parameters.toEqualTypeOf<
      [task: KieTask, user: GatewayUser, tools: FinishedTaskTools]
    >()
    expectTypeOf<(task: KieTask, user: GatewayUser) => void>().toExtend<GatewayOptions['onTaskFinished']>()
  })
})
