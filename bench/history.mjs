import pg from 'pg'
import { deployFlow, order } from './flow.mjs'
import { load } from './load.mjs'
import { databaseUrl, startSluice } from './servers.mjs'

const sizes = [1_000, 1_000_000]
const runsEach = 5
const seconds = 6

/** Measures the webhook flow with a short and a long history, alternated: two servers with databases of their own, one
 *  under load at a time. */
export async function measureHistory() {
  const sides = []
  try {
    for (const executions of sizes) sides.push(await prepare(executions))
    const runs = []
    for (let run = 1; run <= runsEach; run++) {
      for (const side of sides) runs.push({ run, executions: side.executions, ...(await side.measure()) })
    }
    const [few, many] = sizes.map((size) => median(runs.filter((run) => run.executions === size)))
    return { runs, medians: { few, many }, apartPercent: Math.round((Math.abs(few - many) / few) * 1000) / 10 }
  } finally {
    for (const side of sides) await side.server.stop()
  }
}

async function prepare(executions) {
  const server = await startSluice()
  const door = await deployFlow(server)
  const request = { url: door.url, headers: { authorization: `Bearer ${door.secret}` }, body: order }
  await load({ ...request, seconds: 2 })
  await fillHistory(server, door.workflowId, executions)
  return { executions, server, measure: () => load({ ...request, seconds }) }
}

/** Copies one real execution with its logs until the tables hold as many as asked. */
async function fillHistory(server, workflowId, executions) {
  const client = new pg.Client({ connectionString: await databaseUrl(server.dataDir) })
  await client.connect()
  await client.query('DELETE FROM block_logs')
  await client.query('DELETE FROM executions')
  await client.query(
    `INSERT INTO executions (id, workflow_id, version, status, trigger, trigger_block_id, input, output, created_at,
                             started_at, completed_at)
     SELECT gen_random_uuid(), $1, 1, (CASE WHEN n % 50 = 0 THEN 'failed' ELSE 'completed' END)::"ExecutionStatus",
            'webhook', 'order', $2, '{"tier":"gold","total":135}', at, at, at + interval '5 ms'
     FROM (SELECT n, now() - n * interval '1 second' AS at FROM generate_series(1, $3::int) AS n) AS numbered`,
    [workflowId, order, executions],
  )
  await client.query(
    `INSERT INTO block_logs (execution_id, seq, execution_order, block_id, block_type, block_name, status, started_at,
                             duration_ms, attempts, output)
     SELECT e.id, b.seq, b.seq, b.id, b.type, '', 'success', e.started_at, 1, 1, '{"output":{"total":135}}'
     FROM executions e CROSS JOIN (VALUES (0, 'order', 'webhook'), (1, 'total', 'code'), (2, 'tier', 'condition'),
                                          (3, 'gold', 'response')) AS b(seq, id, type)`,
  )
  await client.query('VACUUM ANALYZE executions')
  await client.query('VACUUM ANALYZE block_logs')
  await client.query('CHECKPOINT')
  await client.end()
}

function median(runs) {
  const rates = runs.map((run) => run.requestsPerSecond).sort((a, b) => a - b)
  return rates[Math.floor(rates.length / 2)]
}
