import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pathOf, paths } from './paths.ts'

const known = Object.values(paths)

describe('the path of a request', () => {
  it('is found under any mount path', () => {
    const segment = fc.string({ unit: fc.constantFrom(...'abz09@_-'), minLength: 1, maxLength: 8 })
    const prefix = fc.array(segment, { maxLength: 4 })
    fc.assert(
      fc.property(
        prefix,
        fc.constantFrom(...known),
        fc.constantFrom('', 'taskId=1', 'a=/api/v1/x&b=..//%2f'),
        (segments, path, query) => {
          const mounted = segments.map((segment) => `/${segment}`).join('')
          expect(pathOf(`https://app.test${mounted}${path}?${query}`, undefined)).toBe(path)
          expect(pathOf(`https://app.test${mounted}${path}?${query}`, mounted)).toBe(path)
        },
      ),
    )
  })

  it('is one of the known ones or none, whatever is asked for', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'%2eEfF05c/\\.api?#@: \0é☃') }),
        fc.constantFrom(...known),
        fc.nat(40),
        (noise, path, at) => {
          for (const url of [
            noise,
            `https://app.test/${noise}`,
            `https://app.test${path.slice(0, at)}${noise}${path.slice(at)}`,
          ]) {
            expect(['/', ...known]).toContain(pathOf(url, undefined))
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it.each([
    '/api/v1/jobs//recordInfo',
    '//api/v1/jobs/recordInfo',
    '/api/kie/%2e%2e/api/v1/jobs/recordInfo',
    '/api%2fv1%2fjobs%2frecordInfo',
    '/x%5c..%5c/api/v1/jobs/recordInfo',
    '/x%252e/api/v1/jobs/recordInfo',
    '/x%00/api/v1/jobs/recordInfo',
    '/api/v1/kiekit/callback/api/v1/jobs/recordInfo',
    '/api/kie/api/v1/kiekit/CALLBACK/api/v1/jobs/recordInfo',
    '/api/v1/kiekit/callback-too/api/v1/jobs/recordInfo',
    '/api/v1/kiekit/c%61llback/api/v1/jobs/recordInfo',
    '/api/v1/kiekit/health/x/api/v1/kiekit/events',
    '/api/v1/jobs/recordInfo/',
    '/api/v1/jobs/recordInfo;a=1',
    '/api/v1/jobs/recordinfo',
    '/evilapi/v1/jobs/recordInfo',
    '/api/v1/jobs/recordInfo%20',
    '/api/v1/playground/recordInfo',
    '/',
  ])('is none for %s', (path) => {
    const isResolved = path.includes('%2e%2e')
    // The URL standard resolves %2e%2e itself, so that one arrives as the plain path.
    expect(pathOf(`https://app.test${path}`, undefined)).toBe(isResolved ? paths.recordInfo : '/')
  })

  it('is none outside of the base path, when there is one', () => {
    expect(pathOf(`https://app.test/other${paths.recordInfo}`, '/api/kie')).toBe('/')
    expect(pathOf(`https://app.test${paths.recordInfo}`, '/api/kie')).toBe('/')
    expect(pathOf(`https://app.test/api/kie/deeper${paths.recordInfo}`, '/api/kie')).toBe('/')
  })
})
