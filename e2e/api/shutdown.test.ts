import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { startServer } from '../../test/server'
import { createWorkflow, send } from './client'
import { startHeldService } from './held-service'

it('lets a running execution finish after SIGTERM, takes no new call, and exits with 0', async () => {
  const service = await startHeldService()
  const server = await startServer({ env: { SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1' } })
  const id = await createWorkflow(server, service.graph)
  const call = service.nextCall()
  const running = send(server, 'POST', `/api/workflows/${id}/execute`, { body: {} })
  const response = await call
  const stopped = server.stop()
  await expect.poll(() => server.output()).toContain('Stopping')
  await expect(fetch(`${server.url}/api/health`, { headers: { connection: 'close' } })).rejects.toThrow()
  response.end('done')
  expect(await running).toMatchObject({ status: 200, body: { status: 'completed', output: 'done' } })
  expect(await stopped).toBe(0)
  service.close()
})

it('goes on and ends in order when nobody reads any more what it prints', async () => {
  const server = await startServer()
  server.closeOutput()
  expect(await send(server, 'GET', '/api/health')).toMatchObject({ status: 200 })
  expect(await server.stop()).toBe(0)
})

it.runIf(process.platform !== 'win32')('ends in order when the npm that started it is ended', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sluice-npm-'))
  const npm = spawn('npm', ['start'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, NODE_ENV: 'production', PORT: '0', SLUICE_DATA_DIR: dataDir, DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  npm.stdout.on('data', (chunk) => (output += String(chunk)))
  await expect.poll(() => output, { timeout: 60_000 }).toContain('Sluice is ready at')
  npm.kill('SIGTERM')
  await expect.poll(() => output).toContain('Stopping')
  const url = /http:\S+/.exec(output)?.[0] ?? ''
  const isGone = () =>
    fetch(url).then(
      () => false,
      () => true,
    )
  await expect.poll(isGone, { timeout: 40_000 }).toBe(true)
  // Its pipe closes with the last process that holds it: the database's is gone by then.
  if (!npm.stdout.closed) await new Promise((resolve) => npm.stdout.once('close', resolve))
  rmSync(dataDir, { recursive: true, force: true })
})
