import { renderHook } from '@testing-library/react'
import { expect, it } from 'vitest'
import { createTestApp } from '../test/test-app.tsx'
import { useKieClient } from './use-kie-client.ts'

it('hands over the client of the nearest provider', () => {
  const [outer, inner] = [createTestApp(), createTestApp()]
  const { result } = renderHook(() => useKieClient(), {
    wrapper: ({ children }) => outer.wrapper({ children: inner.wrapper({ children }) }),
  })
  expect(result.current).toBe(inner.client)
})

it('is null without a provider, and throws nothing', () => {
  expect(renderHook(() => useKieClient()).result.current).toBeNull()
})
