import { describe, expect, it } from 'vitest'
import { CREATE, startGateway } from '../test/start-gateway.ts'

const body = { model: 'z-image', input: { prompt: 'x' } }
const cookie = { cookie: 'session=ann' }

describe('a request that a page makes', () => {
  it.each([
    ['of our own', { ...cookie, 'sec-fetch-site': 'same-origin', origin: 'http://app.test' }],
    ['typed in by the user', { ...cookie, 'sec-fetch-site': 'none' }],
    ['of our own, in an old browser', { ...cookie, origin: 'http://app.test' }],
    ['of our own, behind a proxy', { ...cookie, origin: 'https://public.test', 'x-forwarded-host': 'public.test' }],
    ['of a site that the app allows', { ...cookie, 'sec-fetch-site': 'cross-site', origin: 'https://partner.test' }],
    [
      'of any site, without cookies',
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test', authorization: 'Bearer x' },
    ],
    ['that is no browser', cookie],
  ])('%s goes through', async (_, headers) => {
    const { post } = startGateway({ allowedOrigins: ['https://partner.test'] })
    expect((await post(CREATE, body, { headers })).status).toBe(200)
  })

  it.each([
    ['of another site, with cookies', { ...cookie, 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' }],
    ['of a sister site, with cookies', { ...cookie, 'sec-fetch-site': 'same-site', origin: 'http://blog.app.test' }],
    ['of another site, in an old browser', { ...cookie, origin: 'https://evil.test' }],
    ['of a sandboxed frame', { ...cookie, origin: 'null' }],
    ['of another site, with a remembered password', { authorization: 'Basic eA==', 'sec-fetch-site': 'cross-site' }],
    [
      'that navigates a form here',
      { ...cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    ],
  ])('%s is refused before anything is spent', async (_, headers) => {
    const { post, fake } = startGateway({ allowedOrigins: ['https://partner.test'] })
    const answer = await post(CREATE, body, { headers })
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 403 }])
    expect(fake.requests).toHaveLength(0)
  })

  it('follows a link from elsewhere to a download', async () => {
    const { create, ask, fake } = startGateway()
    const taskId = await create()
    fake.finish(taskId)
    const headers = {
      ...cookie,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    }
    expect((await ask(`/api/v1/kiekit/download?taskId=${taskId}`, { headers })).status).toBe(200)
    const embedded = { ...headers, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }
    expect((await ask(`/api/v1/kiekit/download?taskId=${taskId}`, { headers: embedded })).status).toBe(403)
  })
})
