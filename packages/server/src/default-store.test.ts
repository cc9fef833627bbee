import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { defaultStore } from './default-store.ts'

it('without a store, the gateway keeps files in .kiekit of the working directory', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kiekit-cwd-'))
  vi.spyOn(process, 'cwd').mockReturnValue(folder)
  try {
    const store = defaultStore()
    await store.set('owner:a', '1')
    expect(await store.setIfAbsent('owner:a', '2')).toBe(false)
    expect(await store.list('owner:')).toEqual(['owner:a'])
    const heard: string[] = []
    const leave = await store.subscribe('events:a', (message) => heard.push(message))
    await store.publish('events:a', 'x')
    expect(heard).toEqual(['x'])
    await leave()
    await store.delete('owner:a')
    expect(await store.get('owner:a')).toBeNull()
    await store.close?.()
    expect(await readdir(folder)).toEqual(['.kiekit'])
  } finally {
    await rm(folder, { recursive: true })
  }
})
