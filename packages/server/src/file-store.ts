import * as z from 'zod/mini'
import { createChannels } from './channels.ts'
import type { Store, StoreWriteOptions } from './store.ts'

// Not imports: bundlers for Workers would pull them to the top of the bundle, which then does not start there.
const { createHash, randomUUID } = process.getBuiltinModule('node:crypto')
const { link, mkdir, readdir, readFile, rename, rm, writeFile } = process.getBuiltinModule('node:fs/promises')
const path = process.getBuiltinModule('node:path')

export interface FileStoreOptions {
  /** The folder, made when it is missing. Default: `.kiekit` in the working directory. */
  folder?: string | undefined
}

const entrySchema = z.object({ key: z.string(), value: z.string(), expiresAt: z.nullable(z.number()) })
type Entry = z.infer<typeof entrySchema>

const SWEEP_EVERY_MS = 6 * 3_600_000

/**
 * A store in a folder, a small file for each key: the default under Node. For one process, or several on one machine;
 * publish and subscribe stay within the process, so several processes that push events need `redisStore`.
 *
 * Files are named after a digest of the key, because users' ids may hold anything and some disks take `Bob` for `bob`.
 * Every write is whole or not at all (a temporary file, then rename or link), and flushed: an owner record that a power
 * cut takes away is a result somebody paid for and cannot see.
 *
 * @example
 * const gateway = createKieGateway({ apiKey, authorize, store: fileStore({ folder: '/var/lib/app/kiekit' }) })
 */
export function fileStore(options: FileStoreOptions = {}): Store {
  const folder = path.resolve(options.folder ?? '.kiekit')
  const channels = createChannels()
  const made = new Map<string, Promise<unknown>>()
  const sweeper = setInterval(() => void sweep(), SWEEP_EVERY_MS)
  sweeper.unref()

  const fileOf = (key: string) => path.join(folder, nameOf(key), createHash('sha256').update(key).digest('hex'))

  async function write(
    key: string,
    value: string,
    { ttlMs }: StoreWriteOptions,
    place: (from: string, to: string) => Promise<void>,
  ) {
    const entry: Entry = { key, value, expiresAt: ttlMs === undefined ? null : Date.now() + ttlMs }
    await ready(nameOf(key))
    const temporary = path.join(folder, 'tmp', randomUUID())
    try {
      await writeFile(temporary, JSON.stringify(entry), { mode: 0o600, flush: true })
      await place(temporary, fileOf(key))
    } finally {
      await rm(temporary, { force: true })
    }
  }

  async function ready(name: string) {
    const making = made.get(name) ?? makeFolders(folder, name)
    made.set(name, making)
    try {
      await making
    } catch (error) {
      made.delete(name)
      throw error
    }
  }

  async function setIfAbsent(key: string, value: string, writeOptions: StoreWriteOptions = {}): Promise<boolean> {
    // Who comes too late costs a read, not a write that is flushed.
    if (isCurrent(await readEntry(fileOf(key)))) return false
    await removeIfExpired(fileOf(key))
    try {
      await write(key, value, writeOptions, link)
      return true
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      throw error
    }
  }

  // Two processes may find the same expired file. Each moves aside what it finds, and puts it back if that is no longer
  // the expired one but what the other has written since.
  async function removeIfExpired(file: string) {
    const found = await readEntry(file)
    if (found === 'none' || isCurrent(found)) return
    const aside = path.join(folder, 'tmp', randomUUID())
    try {
      await rename(file, aside)
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return
      throw error
    }
    if (isCurrent(await readEntry(aside))) await link(aside, file)
    await rm(aside, { force: true })
  }

  async function sweep() {
    for (const name of await readdir(folder).catch(() => [])) {
      for (const file of await readdir(path.join(folder, name)).catch(() => [])) {
        if (name !== 'tmp') await removeIfExpired(path.join(folder, name, file)).catch(() => undefined)
      }
    }
  }

  return {
    async get(key) {
      const entry = await readEntry(fileOf(key))
      return isCurrent(entry) && entry.key === key ? entry.value : null
    },
    set: (key, value, writeOptions = {}) => write(key, value, writeOptions, rename),
    setIfAbsent,
    delete: (key) => rm(fileOf(key), { force: true }),
    async list(prefix) {
      const place = path.join(folder, nameOf(prefix))
      const files = await readdir(place).catch(() => [])
      const entries = await Promise.all(files.map((file) => readEntry(path.join(place, file))))
      return entries.flatMap((entry) => (isCurrent(entry) && entry.key.startsWith(prefix) ? [entry.key] : []))
    },
    publish: async (channel, message) => channels.publish(channel, message),
    async subscribe(channel, listener) {
      const leave = channels.subscribe(channel, listener)
      return async () => leave()
    },
    close: async () => clearInterval(sweeper),
  }
}

async function makeFolders(folder: string, name: string) {
  await mkdir(path.join(folder, 'tmp'), { recursive: true, mode: 0o700 })
  await mkdir(path.join(folder, name), { recursive: true, mode: 0o700 })
  // Who owns which task is nobody's business on GitHub.
  await writeFile(path.join(folder, '.gitignore'), '*\n')
}

function nameOf(key: string): string {
  const name = key.slice(0, key.indexOf(':'))
  if (!/^[a-z][a-z-]{0,30}$/.test(name) || name === 'tmp') {
    throw new Error(
      `Kiekit: the store was given the key ${JSON.stringify(key)}. Its part before the colon names a folder. ` +
        'Use small letters and dashes, for example "owner:42".',
    )
  }
  return name
}

/** `unreadable`: none of ours, or torn by a failing disk. */
async function readEntry(file: string): Promise<Entry | 'none' | 'unreadable'> {
  try {
    return entrySchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'none'
    if (error instanceof SyntaxError || error instanceof z.core.$ZodError) return 'unreadable'
    throw error
  }
}

function isCurrent(entry: Entry | 'none' | 'unreadable'): entry is Entry {
  return typeof entry !== 'string' && (entry.expiresAt === null || entry.expiresAt > Date.now())
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
