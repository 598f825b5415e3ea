// Measures what one execution costs: processor time, WAL, stored bytes, statements and transactions. Writes
// bench/results/costs.json, which bench/scale-model.mjs counts with. Linux only: it reads /proc.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import pg from 'pg'
import { deployFlow, order } from './flow.mjs'
import { processorTimes, usedBetween } from './processor-time.mjs'
import { api, apiKey, databaseUrl, startSluice } from './servers.mjs'

const tables = ['executions', 'block_logs', 'large_values', 'idempotency_keys']
const dataDir = await mkdtemp(join(tmpdir(), 'sluice-costs-'))

try {
  await preloadStatistics()
  const server = await startSluice({ SLUICE_DATA_DIR: dataDir })
  const client = await connect()
  try {
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements')
    await report(await measureAll({ server, client }))
  } finally {
    await client.end()
    await server.stop()
  }
} finally {
  await rm(dataDir, { recursive: true, force: true })
}

async function measureAll(at) {
  const id = await oneBlock(at.server)
  const door = await deployFlow(at.server)
  const execute = { url: `${at.server.url}/api/workflows/${id}/execute`, body: '{}', key: apiKey }
  const webhook = { url: door.url, body: order, key: door.secret }
  const cases = [
    { name: 'one block, sync', blocks: 1, ...execute },
    { name: 'one block, async', blocks: 1, isAsync: true, ...execute },
    { name: 'webhook flow, sync', blocks: 4, ...webhook },
    { name: 'webhook flow, async', blocks: 4, isAsync: true, ...webhook },
  ]
  for (const given of cases) await run(at, { ...given, connections: 16, amount: 1_500 })
  await wait(2_000)
  const idle = await observe(at, () => wait(5_000))
  const points = []
  for (const given of cases) {
    for (const connections of [1, 16]) {
      const amount = connections === 1 ? 1_000 : 6_000
      points.push(await measure(at, { ...given, connections, amount }, idle))
      console.table(points.slice(-1))
    }
  }
  return points
}

async function oneBlock(server) {
  const { id } = await api(server, 'POST', '/api/workflows', { name: 'one block' })
  await api(server, 'PUT', `/api/workflows/${id}/graph`, { blocks: [{ id: 's', type: 'starter', config: {} }] })
  return id
}

async function measure(at, given, idle) {
  await at.client.query('CHECKPOINT')
  const commit = await commitMs(at.client)
  const seen = await observe(at, () => run(at, given))
  const perExecution = (key) => Math.max(0, seen[key] - (idle[key] / idle.elapsed) * seen.elapsed) / given.amount
  return {
    case: given.name,
    blocks: given.blocks,
    connections: given.connections,
    executionsPerSecond: Math.round((given.amount / seen.elapsed) * 1000),
    mainMs: round(perExecution('main')),
    threadMs: round(perExecution('threads')),
    databaseMs: round(perExecution('database')),
    clientMs: round(perExecution('client')),
    walBytes: Math.round(perExecution('wal')),
    storedBytes: Math.round(seen.stored / given.amount),
    statements: round(perExecution('statements')),
    transactions: round(perExecution('transactions')),
    processorsLeft: round(seen.processorsLeft),
    commitMs: commit,
  }
}

async function run({ client }, { url, body, key, isAsync = false, connections, amount }) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  if (isAsync) headers.prefer = 'respond-async'
  await answered(autocannon({ url, method: 'POST', headers, body, connections, amount }), amount)
  while (isAsync && (await unfinished(client)) > 0) await wait(20)
}

/** Resolves with the last answer: the load generator itself goes on to the end of the second. */
function answered(load, amount) {
  return new Promise((resolve, reject) => {
    let left = amount
    load.on('response', (_client, status) => {
      if (status < 200 || status > 299) reject(new Error(`an answer was ${status}`))
      left--
      if (left === 0) resolve()
    })
    load.on('reqError', reject)
  })
}

async function unfinished(client) {
  const { rows } = await client.query(
    `SELECT count(*)::int AS count FROM executions WHERE status IN ('queued', 'running')`,
  )
  return rows[0].count
}

async function observe({ server, client }, work) {
  const [sqlBefore, before] = [await readDatabase(client), processorTimes(server.pid, dataDir)]
  await work()
  const [after, sqlAfter] = [processorTimes(server.pid, dataDir), await readDatabase(client)]
  const grown = Object.fromEntries(Object.keys(sqlBefore).map((key) => [key, sqlAfter[key] - sqlBefore[key]]))
  return { ...usedBetween(before, after), ...grown }
}

async function readDatabase(client) {
  // Backends report at most once a second.
  await wait(1_100)
  const { rows } = await client.query(
    `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 AS wal,
            (SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest($1::text[]) AS name)::float8 AS stored,
            (SELECT sum(calls) FROM pg_stat_statements WHERE query !~ 'pg_stat_statements|count\\(\\*\\)::int AS count')::float8
              AS statements,
            (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database())::float8 AS transactions`,
    [tables],
  )
  return rows[0]
}

/** What one flush to disk takes at this moment, in milliseconds: the mean of many, for the few slow ones hold up many callers. */
async function commitMs(client) {
  await client.query('CREATE TABLE IF NOT EXISTS bench_commits (n int)')
  const times = []
  for (let i = 0; i < 200; i++) {
    const startedMs = performance.now()
    await client.query('INSERT INTO bench_commits VALUES (1)')
    times.push(performance.now() - startedMs)
  }
  return round(times.reduce((sum, ms) => sum + ms, 0) / times.length)
}

/** Counting statements takes a library that Postgres loads when it starts. */
async function preloadStatistics() {
  const server = await startSluice({ SLUICE_DATA_DIR: dataDir })
  const client = await connect().catch((error) => server.stop().then(() => Promise.reject(error)))
  await client.query(`ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'`)
  await client.end()
  await server.stop()
}

async function connect() {
  const client = new pg.Client({ connectionString: await databaseUrl(dataDir) })
  await client.connect()
  return client
}

async function report(points) {
  const machine = `${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.version}`
  const results = { measuredAt: new Date().toISOString(), machine, processors: cpus().length, points }
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'results')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'costs.json'), JSON.stringify(results, null, 2) + '\n')
  console.table(points)
  console.log(`kept in ${join(folder, 'costs.json')}`)
}

function round(value) {
  return Math.round(value * 1000) / 1000
}
