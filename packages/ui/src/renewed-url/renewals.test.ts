import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRenewals } from './renewals.ts'

const url = 'https://files.example/a.png'
const fresh = `${url}?fresh`

describe('what is known of files whose links have failed', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is told to all who show them, and asked for once', async () => {
    const renewals = createRenewals()
    const [one, two] = [vi.fn(), vi.fn()]
    renewals.subscribe([url], one)
    const leave = renewals.subscribe([url], two)
    const refreshUrl = vi.fn(async () => fresh)
    renewals.fail(url, url, refreshUrl)
    renewals.fail(url, url, refreshUrl)
    await vi.runAllTimersAsync()
    expect(renewals.read().get(url)).toMatchObject({ state: 'shown', url: fresh })
    expect(refreshUrl).toHaveBeenCalledOnce()
    expect(one).toHaveBeenCalledTimes(2)
    leave()
    renewals.fail(url, fresh, refreshUrl)
    expect(renewals.read().get(url)?.state).toBe('broken')
    expect([one.mock.calls.length, two.mock.calls.length]).toEqual([3, 2])
  })

  it('is not changed by the late failure of an address that nobody shows any more', async () => {
    const renewals = createRenewals()
    renewals.fail(url, url, async () => fresh)
    await vi.runAllTimersAsync()
    renewals.fail(url, url, undefined)
    expect(renewals.read().get(url)).toMatchObject({ state: 'shown', url: fresh })
  })

  it.each([
    ['fails', () => Promise.reject(new Error('no'))],
    [
      'fails at once',
      () => {
        throw new Error('no')
      },
    ],
    ['gives what is no address', async () => 'javascript:alert(1)'],
  ])('is that they are broken where asking %s', async (_how, refreshUrl) => {
    const renewals = createRenewals()
    renewals.fail(url, url, refreshUrl)
    await vi.runAllTimersAsync()
    expect(renewals.read().get(url)?.state).toBe('broken')
  })

  it('holds for a minute where they are broken, and then whoever comes tries again', () => {
    const renewals = createRenewals()
    renewals.fail(url, url, undefined)
    renewals.subscribe([url], () => {})
    expect(renewals.read().get(url)?.state).toBe('broken')
    vi.advanceTimersByTime(60_001)
    renewals.subscribe([url], () => {})
    expect(renewals.read().get(url)).toMatchObject({ state: 'shown', url })
  })
})
