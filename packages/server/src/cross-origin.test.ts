import { describe, expect, it } from 'vitest'
import { CREATE, MOUNT, RECORD, startGateway } from '../test/start-gateway.ts'

const PARTNER = 'https://partner.test'
const fromPartner = { origin: PARTNER, cookie: 'session=ann', 'sec-fetch-site': 'cross-site' }
const pushing = { callbackKey: 'k', publicUrl: MOUNT }
const start = () => startGateway({ allowedOrigins: [PARTNER], ...pushing })

/** What a browser asks before it sends what a form could not. */
const preflight = (origin: string, method: string, headers: string) => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'sec-fetch-site': 'cross-site',
    'access-control-request-method': method,
    'access-control-request-headers': headers,
  },
})
const openTo = ({ headers }: Response) => ({
  origin: headers.get('access-control-allow-origin'),
  credentials: headers.get('access-control-allow-credentials'),
})

describe('a page of a site that the app allows', () => {
  it.each([
    [CREATE, 'POST', 'content-type,idempotency-key'],
    ['/api/v1/jobs/recordInfos', 'POST', 'content-type'],
    ['/api/v1/common/download-url', 'POST', 'content-type,x-csrf-token'],
    ['/api/v1/kiekit/events', 'GET', 'authorization,last-event-id'],
    ['/api/file-stream-upload', 'POST', 'x-user'],
  ])('may send what the kit sends to %s', async (path, method, headers) => {
    const { ask, fake } = start()
    const answer = await ask(path, preflight(PARTNER, method, headers))
    expect([answer.status, openTo(answer)]).toEqual([204, { origin: PARTNER, credentials: 'true' }])
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET,POST')
    expect(answer.headers.get('access-control-allow-headers')).toBe(headers)
    expect(answer.headers.get('vary')).toContain('Origin')
    expect(fake.requests).toHaveLength(0)
  })

  it('may read every answer, refusals, files and the event stream too', async () => {
    const { ask, post, create, fake, gateway } = start()
    const taskId = await create()
    fake.finish(taskId)
    const answers = [
      await post(CREATE, { model: 'z-image', input: { prompt: 'x' } }, { headers: fromPartner }),
      await ask(`${RECORD}?taskId=${taskId}`, { headers: fromPartner }),
      await ask(`${RECORD}?taskId=none`, { headers: fromPartner }),
      await ask('/api/v1/nothing', { headers: fromPartner }),
      await ask(`/api/v1/kiekit/download?taskId=${taskId}`, { headers: fromPartner }),
      await ask('/api/v1/kiekit/events', { headers: fromPartner }),
    ]
    await gateway.close()
    answers.push(await ask(`${RECORD}?taskId=${taskId}`, { headers: fromPartner }))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 404, 200, 200, 503])
    for (const answer of answers) {
      expect(openTo(answer)).toEqual({ origin: PARTNER, credentials: 'true' })
      expect(answer.headers.get('access-control-expose-headers')).toContain('retry-after')
      expect(answer.headers.get('vary')).toContain('Origin')
    }
  })
})

describe('a page of any other site', () => {
  it.each(['https://evil.test', 'https://partner.test.evil.test', 'http://partner.test', 'null'])(
    'of %s is told nothing that its browser would let it read',
    async (origin) => {
      const { ask, post } = start()
      const asked = await ask(CREATE, preflight(origin, 'POST', 'content-type'))
      const sent = await post(CREATE, { model: 'z-image', input: {} }, { headers: { ...fromPartner, origin } })
      expect([asked.status, sent.status]).toEqual([404, 403])
      for (const answer of [asked, sent]) {
        expect(openTo(answer)).toEqual({ origin: null, credentials: null })
        expect(answer.headers.get('vary')).toBe('Origin')
      }
    },
  )

  it('is not answered at all where the app allows none', async () => {
    const { ask } = startGateway()
    const answer = await ask(CREATE, preflight(PARTNER, 'POST', 'content-type'))
    expect([answer.status, openTo(answer)]).toEqual([404, { origin: null, credentials: null }])
    expect(answer.headers.has('vary')).toBe(false)
  })
})
