import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { api, databaseUrl, startSluice, startWorker } from './servers.mjs'

const pickupsPerSecond = 50
const pickupSeconds = 20
const queued = 10_000

/** How soon a queued execution starts at a steady rate, and how fast a full queue drains with one and two workers. */
export async function measureQueue() {
  const server = await startSluice({ SLUICE_ROLE: 'web' })
  const client = new pg.Client({ connectionString: await databaseUrl(server.dataDir) })
  try {
    await client.connect()
    const id = await oneBlockWorkflow(server)
    const settings = { DATABASE_URL: await databaseUrl(server.dataDir), SLUICE_ENCRYPTION_KEY: server.encryptionKey }
    const first = await startWorker(settings)
    const pickup = await measurePickup(server, client, id)
    await first.stop()
    const drain = []
    // There and back: what the first drains leave in the tables weighs on both alike.
    for (const workers of [1, 2, 2, 1]) drain.push(await measureDrain(server, client, id, settings, workers))
    return { pickup, drain: [1, 2].map((workers) => meanOf(drain.filter((run) => run.workers === workers))) }
  } finally {
    await client.end()
    await server.stop()
  }
}

async function oneBlockWorkflow(server) {
  const { id } = await api(server, 'POST', '/api/workflows', { name: 'queued' })
  await api(server, 'PUT', `/api/workflows/${id}/graph`, { blocks: [{ id: 'start', type: 'starter' }] })
  return id
}

async function measurePickup(server, client, id) {
  await forget(client)
  const calls = []
  for (let i = 0; i < pickupsPerSecond * pickupSeconds; i++) {
    calls.push(enqueue(server, id))
    await wait(1_000 / pickupsPerSecond)
  }
  await Promise.all(calls)
  await untilDone(client, calls.length)
  const { rows } = await client.query(
    `SELECT percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY extract(epoch FROM started_at - created_at) * 1000)
            AS ms FROM executions`,
  )
  const [p50, p95, p99] = rows[0].ms.map((ms) => Math.round(ms * 10) / 10)
  return { perSecond: pickupsPerSecond, executions: calls.length, p50, p95, p99 }
}

function meanOf(runs) {
  const perSecond = runs.reduce((sum, run) => sum + run.perSecond, 0) / runs.length
  return { ...runs[0], perSecond: Math.round(perSecond), runs: runs.map((run) => run.perSecond).join(', ') }
}

async function measureDrain(server, client, id, settings, workers) {
  await forget(client)
  for (let done = 0; done < queued; done += 100)
    await Promise.all(Array.from({ length: 100 }, () => enqueue(server, id)))
  const running = await Promise.all(Array.from({ length: workers }, () => startWorker(settings)))
  await untilDone(client, queued)
  await Promise.all(running.map((worker) => worker.stop()))
  const { rows } = await client.query(
    `SELECT extract(epoch FROM max(completed_at) - min(started_at)) AS seconds FROM executions`,
  )
  return { workers, executions: queued, perSecond: Math.round(queued / Number(rows[0].seconds)) }
}

async function enqueue(server, id) {
  await api(server, 'POST', `/api/workflows/${id}/execute`, {}, { prefer: 'respond-async' })
}

async function forget(client) {
  await client.query('DELETE FROM block_logs')
  await client.query('DELETE FROM executions')
}

async function untilDone(client, count) {
  for (;;) {
    const { rows } = await client.query(`SELECT count(*)::int AS done FROM executions WHERE status = 'completed'`)
    if (rows[0].done >= count) return
    await wait(200)
  }
}
