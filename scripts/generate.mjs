// Generates the database client from prisma/schema.prisma: `npm run generate`.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isMain, root } from './root.mjs'
import { capturePackage } from './run.mjs'
import { makeFrom } from './stamp.mjs'

if (isMain(import.meta.url)) await generate()

/** Generates the database client when the schema or Prisma changed since. */
export async function ensureGenerated() {
  await makeFrom({
    name: 'generate',
    sources: ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json'],
    result: 'lib/data/generated/client.ts',
    make: generate,
  })
}

async function generate() {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1', ...engineVariable() }
  const { code, output } = await capturePackage('prisma/build/index.js', ['generate'], { env })
  if (code !== 0) throw new Error(`prisma generate failed:\n${output}`)
}

// `generate` downloads a native engine that it never runs, and fails where that host cannot be reached. Any file that
// exists will do in its place.
function engineVariable() {
  const engines = join(root, 'node_modules/@prisma/engines')
  const hasEngine = existsSync(engines) && readdirSync(engines).some((name) => name.startsWith('schema-engine-'))
  if (hasEngine || process.env.PRISMA_SCHEMA_ENGINE_BINARY) return {}
  return { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }
}
