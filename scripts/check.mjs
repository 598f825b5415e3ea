// `npm run check`: everything that machines keep right, at once. Each check is a line; a failed one shows what it said.
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { ensureGenerated } from './generate.mjs'
import { ensureInstalled } from './install.mjs'
import { isMain, root } from './root.mjs'
import { capture, capturePackage } from './run.mjs'

const checks = [
  ['eslint', packaged('eslint/bin/eslint.js', '--max-warnings=0', '--cache', '--cache-location', '.cache/eslint', '.')],
  ['types', packaged('typescript/bin/tsc', '--noEmit')],
  ['migrations lead to the schema', script('migration.mjs')],
  ['prettier', packaged('prettier/bin/prettier.cjs', '--check', '--cache', '--cache-location=.cache/prettier', '.')],
  ['realms', packaged('dependency-cruiser/bin/dependency-cruise.mjs', ...cruiseArguments())],
  ['nothing unused', packaged('knip/bin/knip.js')],
  ['block indexes', script('blocks.mjs')],
  ['route index', script('routes.mjs')],
  ['lock file', script('lockfile.mjs')],
]

if (isMain(import.meta.url)) process.exit((await check()) ? 0 : 1)

/** Runs all checks, as many at a time as there are processors. Tells whether all passed. */
export async function check() {
  await ensureInstalled()
  await ensureGenerated()
  await ensureNextTypes()
  const waiting = [...checks]
  let isGood = true
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) isGood = (await runOne(...next)) && isGood
  }
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker))
  return isGood
}

async function runOne(name, start) {
  const begunAt = performance.now()
  const { code, output } = await start()
  const seconds = ((performance.now() - begunAt) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  if (code !== 0) console.log(output.trimEnd().replace(/^/gm, '       '))
  return code === 0
}

function packaged(path, ...args) {
  return () => capturePackage(path, args)
}

function script(name) {
  return () => capture(process.execPath, [join('scripts', name), '--check'])
}

function cruiseArguments() {
  const folders = ['app', 'components', 'lib', 'server'].filter((folder) => existsSync(join(root, folder)))
  return ['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', '--no-cache', ...folders]
}

// Next's own declarations (style sheets, images) come with its first build.
async function ensureNextTypes() {
  if (existsSync(join(root, 'next-env.d.ts'))) return
  const { code, output } = await capturePackage('next/dist/bin/next', ['typegen'])
  if (code !== 0) throw new Error(`next typegen failed:\n${output}`)
}
