// Builds what is older than its sources: the pages (`.next`) and the server (`dist/server.mjs`): `npm run build`.
import { join } from 'node:path'
import { ensureGenerated } from './generate.mjs'
import { ensureInstalled } from './install.mjs'
import { isMain, root } from './root.mjs'
import { capturePackage } from './run.mjs'
import { makeFrom } from './stamp.mjs'

const shared = ['lib', 'package-lock.json', 'tsconfig.json', 'prisma/schema.prisma', 'scripts/build.mjs']
const pageSources = ['app', 'components', 'public', 'proxy.ts', 'next.config.js', 'postcss.config.mjs', ...shared]
const serverSources = ['server', 'app/api', ...shared]

if (isMain(import.meta.url)) {
  await ensureInstalled()
  await ensureGenerated()
  await ensureBuilt()
}

/** Builds the pages and the server where their sources changed since. */
export async function ensureBuilt() {
  await makeFrom({ name: 'pages', sources: pageSources, result: '.next/BUILD_ID', make: buildPages })
  await ensureServerBuilt()
}

/** Builds the server alone: in development Next builds the pages as they are asked for. */
export async function ensureServerBuilt() {
  await makeFrom({ name: 'server', sources: serverSources, result: 'dist/server.mjs', make: buildServer })
}

async function buildPages() {
  console.log('sluice: building the pages (next build), half a minute or so')
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  const { code, output } = await capturePackage('next/dist/bin/next', ['build'], { env })
  if (code !== 0) throw new Error(`next build failed:\n${output}`)
}

async function buildServer() {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: root,
    entryPoints: ['server/main.ts'],
    outfile: 'dist/server.mjs',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    conditions: ['react-server'],
    // The marker throws unless it is resolved as a server bundle does; left external, Node would resolve it.
    alias: { '@': root, 'server-only': join(root, 'node_modules/server-only/empty.js') },
    sourcemap: true,
    logLevel: 'warning',
  })
}
