// Packs every package that is published and checks what people would install: publint and arethetypeswrong.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pnpm } from './pnpm.mjs'
import { mustRun, root } from './run.mjs'

const folder = mkdtempSync(join(tmpdir(), 'kiekit-pack-'))
const packages = join(root, 'packages')
const published = readdirSync(packages)
  .map((name) => JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')))
  .filter((manifest) => !manifest.private)

for (const { name } of published) await pnpm('--silent', '--filter', name, 'pack', '--pack-destination', folder)
for (const { name, version, exports } of published) {
  const tarball = join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)
  await mustRun('publint', ['run', tarball, '--strict'])
  const styles = Object.keys(exports).filter((entry) => entry.endsWith('.css'))
  await mustRun('attw', [
    tarball,
    '--quiet',
    '--profile',
    'esm-only',
    ...(styles.length > 0 ? ['--exclude-entrypoints', ...styles] : []),
  ])
}
rmSync(folder, { recursive: true })
