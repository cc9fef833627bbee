import { createKieClient, type KieClient, KieError, type TaskRequest } from '@kiekit/core'
import { QueryClient } from '@tanstack/react-query'
import { act, renderHook } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestApp, pass, type TestApp } from '../test/test-app.tsx'
import type { KeyValueStorage } from './key-value-storage.ts'
import { KieProvider } from './kie-provider.tsx'
import { useKieGeneration } from './use-kie-generation.ts'
import { useTaskHistory } from './use-task-history.ts'

const request = { model: 'nano-banana-2', input: { prompt: 'A lighthouse' } }

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  return () => {
    vi.useRealTimers()
  }
})

const creates = (app: TestApp) => app.fake.requests.filter(({ path }) => path.endsWith('/createTask'))
const keys = (app: TestApp) => creates(app).map(({ headers }) => headers['idempotency-key'])

/** Another visit of the same page: the same server and storage, nothing else. */
function revisit(app: TestApp, client = app.client) {
  return renderHook(() => useKieGeneration(), {
    wrapper: createTestApp({ provider: { client }, queryClient: new QueryClient() }).wrapper,
  })
}

describe('useKieGeneration', () => {
  it('creates a task and follows it to its end', async () => {
    const app = createTestApp()
    const told: string[] = []
    const { result } = renderHook(() => useKieGeneration({ onSuccess: () => void told.push('success') }), app)
    expect(result.current).toMatchObject({ status: 'idle', taskId: null, isCreating: false })

    let taskId: string | undefined
    act(() => void result.current.generate(request).then((id) => (taskId = id)))
    expect(result.current).toMatchObject({ status: 'loading', taskId: null, isCreating: true })
    await pass(1000)
    expect(result.current).toMatchObject({ status: 'running', taskId, isCreating: false })
    await pass(10_000)
    expect(result.current).toMatchObject({ status: 'success', results: [{ kind: 'image' }] })
    expect(told).toEqual(['success'])
  })

  it('knows from the first click on what was asked for, and stores none of it once there is a task', async () => {
    const app = createTestApp()
    const asked = { ...request, callBackUrl: 'https://app.example/hook?secret=s3cr3t' }
    const seen: (TaskRequest | null)[] = []
    const { result } = renderHook(() => {
      const generation = useKieGeneration()
      seen.push(generation.request)
      return generation
    }, app)
    expect(result.current.request).toBeNull()
    act(() => void result.current.generate(asked))
    const begin = seen.length - 1
    await pass(0)
    expect(result.current).toMatchObject({ status: 'loading', isCreating: false })
    expect(seen.slice(begin).map((one) => one?.input)).toEqual(seen.slice(begin).map(() => request.input))
    expect(JSON.stringify(seen)).not.toContain('s3cr3t')
    expect(Object.values(localStorage).join()).not.toContain('lighthouse')
    await pass(1000)
    expect(result.current.request).toBe(result.current.task?.request)
  })

  it('stores an idempotency key before it asks, and the task id as soon as there is one', async () => {
    const app = createTestApp()
    const stored: (string | null)[] = []
    const client: KieClient = {
      ...app.client,
      createTask: async (...args) => {
        stored.push(localStorage.getItem('kiekit:1::generation:default'))
        return app.client.createTask(...args)
      },
    }
    const { result } = revisit(app, client)
    act(() => void result.current.generate(request))
    await pass(100)
    const key = keys(app)[0]
    expect(key).toMatch(/^[0-9a-f]{32}$/)
    expect(stored[0]).toContain(key)
    expect(localStorage.getItem('kiekit:1::generation:default')).toContain(result.current.taskId)
  })

  it('makes one task of a double click', async () => {
    const app = createTestApp()
    const { result } = renderHook(() => useKieGeneration(), app)
    const ids: string[] = []
    const click = () => act(() => void result.current.generate(request).then((id) => ids.push(id)))
    click()
    click()
    await pass(300)
    click()
    await pass(100)
    expect(creates(app)).toHaveLength(1)
    expect(new Set(ids).size).toBe(1)
    expect(ids).toHaveLength(3)

    await pass(2000)
    click()
    await pass(100)
    expect(creates(app)).toHaveLength(2)
    expect(new Set(keys(app)).size).toBe(2)
  })

  it('goes on with the task after a reload', async () => {
    const app = createTestApp()
    const first = renderHook(() => useKieGeneration(), app)
    act(() => void first.result.current.generate(request))
    await pass(1000)
    const { taskId } = first.result.current
    first.unmount()
    await pass(3000)
    const second = revisit(app)
    expect(second.result.current.taskId).toBe(taskId)
    await pass(10_000)
    expect(second.result.current.status).toBe('success')
    expect(creates(app)).toHaveLength(1)
  })

  it('takes up a creation that a reload interrupted, under the same key', async () => {
    const app = createTestApp()
    const hanging: KieClient = { ...app.client, createTask: () => new Promise<never>(() => {}) }
    const first = revisit(app, hanging)
    act(() => void first.result.current.generate(request))
    await pass(1000)
    const stored = localStorage.getItem('kiekit:1::generation:default')
    first.unmount()

    const second = revisit(app)
    await pass(1000)
    expect(second.result.current.status).toBe('running')
    expect(creates(app)).toHaveLength(1)
    expect(stored).toContain(keys(app)[0])
    expect(creates(app)[0]?.body).toEqual(request)
  })

  it('does not take up what was interrupted long ago', async () => {
    const app = createTestApp()
    const first = revisit(app, { ...app.client, createTask: () => new Promise<never>(() => {}) })
    act(() => void first.result.current.generate(request))
    await pass(1000)
    first.unmount()
    vi.setSystemTime(Date.now() + 86_400_000)
    const second = revisit(app)
    await pass(1000)
    expect(second.result.current.status).toBe('idle')
    expect(creates(app)).toHaveLength(0)
  })

  it('asks for a lost answer under the same key', async () => {
    const app = createTestApp()
    let isLost = true
    const client = createKieClient({
      baseUrl: 'https://gateway.test',
      fetch: async (...args) => {
        const response = await app.fake.fetch(...args)
        if (isLost) throw new TypeError('fetch failed')
        return response
      },
    })
    const { result } = revisit(app, client)
    act(() => void result.current.generate(request).catch(() => {}))
    await pass(100)
    expect(result.current).toMatchObject({ status: 'error', error: { outcome: 'unknown' }, isCreating: false })

    isLost = false
    act(() => void result.current.generate(request))
    await pass(1000)
    expect(creates(app)).toHaveLength(2)
    expect(new Set(keys(app)).size).toBe(1)
    expect(result.current.status).toBe('running')
  })

  it('begins anew after a refusal', async () => {
    const app = createTestApp({ fake: { models: ['other'] } })
    const { result } = renderHook(() => useKieGeneration(), app)
    let thrown: unknown
    act(() => void result.current.generate(request).catch((error: unknown) => (thrown = error)))
    await pass(100)
    expect(result.current).toMatchObject({ status: 'error', error: { kind: 'validation' }, taskId: null })
    expect(thrown).toBe(result.current.error)
    act(() => void result.current.generate(request).catch(() => {}))
    await pass(100)
    expect(new Set(keys(app)).size).toBe(2)
    expect(localStorage.getItem('kiekit:1::generation:default')).toBeNull()
  })

  it('cancels nothing when the component goes, and is found again when it comes back', async () => {
    const app = createTestApp()
    const client: KieClient = {
      ...app.client,
      createTask: async (...args) => {
        await new Promise((resolve) => setTimeout(resolve, 3000))
        return app.client.createTask(...args)
      },
    }
    const options = createTestApp({ provider: { client } })
    const first = renderHook(() => useKieGeneration(), options)
    act(() => void first.result.current.generate(request))
    await pass(1000)
    first.unmount()
    const second = renderHook(() => useKieGeneration(), options)
    expect(second.result.current).toMatchObject({ status: 'loading', isCreating: true })
    second.unmount()
    await pass(5000)
    const third = renderHook(() => useKieGeneration(), options)
    await pass(100)
    expect(third.result.current.status).toBe('running')
    expect(creates(app)).toHaveLength(1)
  })

  it('keeps the task of a request that another one overtook in the history', async () => {
    const app = createTestApp()
    const { result } = renderHook(() => ({ generation: useKieGeneration(), history: useTaskHistory() }), app)
    act(() => {
      void result.current.generation.generate(request)
      void result.current.generation.generate({ ...request, input: { prompt: 'A lake' } })
    })
    await pass(500)
    expect(creates(app)).toHaveLength(2)
    expect(result.current.history.entries).toHaveLength(2)
    const shown = app.fake.tasks.find(({ taskId }) => taskId === result.current.generation.taskId)
    expect(shown?.request.input).toEqual({ prompt: 'A lake' })
  })

  it('forgets the task when told to', async () => {
    const app = createTestApp()
    const { result } = renderHook(() => useKieGeneration(), app)
    act(() => void result.current.generate(request))
    await pass(500)
    act(() => result.current.reset())
    expect(result.current).toMatchObject({ status: 'idle', taskId: null, task: undefined })
    expect(revisit(app).result.current.status).toBe('idle')
  })

  it('keeps places and users apart', async () => {
    const app = createTestApp()
    const wrapper = createTestApp({ provider: { client: app.client, scope: 'ada' } }).wrapper
    const { result } = renderHook(() => [useKieGeneration({ id: 'a' }), useKieGeneration({ id: 'b' })] as const, {
      wrapper,
    })
    act(() => void result.current[0].generate(request))
    await pass(500)
    expect(result.current.map(({ status }) => status)).toEqual(['running', 'idle'])
    expect(Object.keys(localStorage).filter((key) => key.includes('generation'))).toEqual(['kiekit:1:ada:generation:a'])
  })

  it.each([
    ['throws', null],
    ['holds nonsense', '{"key":1,"taskId":{}}'],
    ['holds no JSON', 'undefined'],
  ])('works with a storage that %s', async (_, held) => {
    const app = createTestApp()
    const storage: KeyValueStorage = {
      getItem: () => {
        if (held === null) throw new DOMException('denied', 'SecurityError')
        return held
      },
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
      removeItem: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    }
    const { result } = renderHook(() => useKieGeneration({ storage }), app)
    expect(result.current.status).toBe('idle')
    act(() => void result.current.generate(request))
    await pass(10_000)
    expect(result.current.status).toBe('success')
    act(() => result.current.reset())
    expect(result.current.status).toBe('idle')
  })

  it('renders on a server, where no storage is known', () => {
    localStorage.setItem('kiekit:1::generation:default', '{"key":"k","at":1,"taskId":"t"}')
    const app = createTestApp()
    function Status() {
      return <p>{useKieGeneration().status}</p>
    }
    expect(
      renderToString(
        app.wrapper({
          children: (
            <KieProvider client={app.client}>
              <Status />
            </KieProvider>
          ),
        }),
      ),
    ).toBe('<p>idle</p>')
  })

  it('tells the error of a client that is no KieError, and keeps the key, for the task may exist', async () => {
    const app = createTestApp()
    const client: KieClient = { ...app.client, createTask: () => Promise.reject(new Error('odd')) }
    const { result } = revisit(app, client)
    act(() => void result.current.generate(request).catch(() => {}))
    await pass(100)
    expect(result.current.error).toBeInstanceOf(KieError)
    expect(localStorage.getItem('kiekit:1::generation:default')).not.toBeNull()
  })
})
