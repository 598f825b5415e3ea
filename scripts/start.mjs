// `npm start`: makes whatever is missing (packages, generated code, build) and starts the server in this process.
// `--dev` has Next build the pages as they are asked for; `--worker` serves no pages, it runs queued executions.
// Works before anything is installed.
import { endWithNpm } from './follow-npm.mjs'
import { requireNode } from './require-node.mjs'

const isDevelopment = process.argv.includes('--dev')
const isWorker = process.argv.includes('--worker') || process.env.SLUICE_ROLE === 'worker'

const listenRefusals = {
  EADDRINUSE: ({ port }) => `port ${port} is in use: stop what listens there, or set PORT to another`,
  EACCES: ({ port }) => `port ${port} may only be used by root: set PORT to 1024 or more`,
  EADDRNOTAVAIL: ({ address }) => `SLUICE_HOST ${address} is no address of this machine: try 127.0.0.1`,
  ENOTFOUND: ({ hostname }) => `SLUICE_HOST ${hostname} is unknown here: try 127.0.0.1`,
}

try {
  requireNode()
  await makeReady()
  if (isWorker) process.env.SLUICE_ROLE = 'worker'
  endWithNpm()
  const { serve } = await import('./serve.mjs')
  await serve({ isDevelopment })
} catch (error) {
  console.error(`sluice: ${describe(error)}`)
  process.exit(1)
}

async function makeReady() {
  const { ensureInstalled } = await import('./install.mjs')
  await ensureInstalled()
  const { ensureGenerated } = await import('./generate.mjs')
  await ensureGenerated()
  const { ensureBuilt, ensureServerBuilt } = await import('./build.mjs')
  await (isDevelopment || isWorker ? ensureServerBuilt() : ensureBuilt())
}

function describe(error) {
  const refusal = listenRefusals[error?.code]
  if (refusal && (error.syscall === 'listen' || error.syscall === 'getaddrinfo')) return refusal(error)
  // A bug, not something the reader can act on: the way to it matters more than one line.
  if (error instanceof TypeError || error instanceof ReferenceError || error instanceof SyntaxError) return error.stack
  return error instanceof Error ? error.message : String(error)
}
