import { createKieClient, isKieError, waitForTask } from '@kiekit/core'
import { describe, expect, it } from 'vitest'
import { CREATE, MOUNT, RECORD, startGateway } from '../test/start-gateway.ts'
import { memoryStore } from './memory-store.ts'

/** The kit's own client, as a browser has it, in front of a gateway. */
function connect(setup: ReturnType<typeof startGateway>, user = 'ann') {
  return createKieClient({
    baseUrl: MOUNT,
    headers: { 'x-user': user },
    fetch: (input, init) => setup.gateway.fetch(new Request(input, init)),
  })
}
const request = { model: 'z-image', input: { prompt: 'a pear' } }
const errorOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!isKieError(error)) throw new Error('It should have failed with a KieError.', { cause: error })
  return error
}

describe('the client in front of a gateway', () => {
  it('creates a task, follows it to its end, and reads the credits', async () => {
    const setup = startGateway({}, { speed: 100 })
    const client = connect(setup)
    const { taskId } = await client.createTask(request)
    setup.fake.finish(taskId)
    const task = await waitForTask(client, taskId, { polling: () => 10 })
    expect(task.results).toHaveLength(1)
    expect(await client.getCredits()).toBeGreaterThan(0)
  })

  it('asks for many tasks in one request, and learns of each by itself', async () => {
    const setup = startGateway()
    const client = connect(setup)
    const { taskId } = await client.createTask(request)
    const others = await connect(setup, 'bob').createTask(request)
    const [mine, theirs] = await Promise.allSettled([client.getTask(taskId), client.getTask(others.taskId)])
    expect(mine).toMatchObject({ status: 'fulfilled', value: { taskId } })
    expect(theirs).toMatchObject({ status: 'rejected', reason: { kind: 'not-found' } })
    expect(setup.asked(RECORD)).toBe(1)
  })

  it('hears at once that a task is not its user’s', async () => {
    const setup = startGateway()
    expect(await errorOf(connect(setup).getTask('no-such-task'))).toMatchObject({ kind: 'not-found', retryable: false })
  })

  it('waits for a task that Kie does not know yet', async () => {
    const setup = startGateway()
    const client = connect(setup)
    const { taskId } = await client.createTask(request)
    setup.fake.inject('fresh-null', { times: 1 })
    expect(await client.getTask(taskId)).toMatchObject({ state: 'waiting' })
  })

  it('gets the same task for the same idempotency key', async () => {
    const setup = startGateway()
    const client = connect(setup)
    const first = await client.createTask(request, { idempotencyKey: 'k' })
    expect(await client.createTask(request, { idempotencyKey: 'k' })).toEqual(first)
    expect(setup.asked(CREATE)).toBe(1)
  })

  it('is told when nobody knows whether a task was made, and when surely none was', async () => {
    const unknown = startGateway()
    unknown.fake.inject('offline', { times: 1 })
    const lost = await errorOf(connect(unknown).createTask(request, { idempotencyKey: 'k' }))
    expect(lost.outcome).toBe('unknown')
    const known = startGateway({ limits: { models: ['other'] } })
    expect(await errorOf(connect(known).createTask(request))).toMatchObject({ kind: 'validation', outcome: 'known' })
  })

  it.each([
    [{ authorize: () => null }, 'auth'],
    [{ beforeCreate: () => ({ veto: 'No credits left.', code: 402 }) }, 'credits'],
    [{ limits: { createsPerMinute: 0 } }, 'rate-limit'],
  ])('reads each refusal as what it is', async (options, kind) => {
    const error = await errorOf(connect(startGateway(options)).createTask(request))
    expect(error.kind).toBe(kind)
    if (kind === 'rate-limit') expect(error.retryAfterMs).toBeGreaterThan(0)
  })

  it('uploads a file, and renews a link', async () => {
    const setup = startGateway({ store: memoryStore() })
    const client = connect(setup)
    const { url } = await client.uploadFile(new File(['pixels'], 'cat.png', { type: 'image/png' }))
    expect(url).toMatch(/^https?:\/\/.*cat\.png$/)
    expect(await client.getDownloadUrl(url)).toContain('until=')
  })
})
