// What a number of executions a day takes, counted from bench/results/costs.json (node bench/measure-costs.mjs). A small
// simulation of the measured runs comes first: where its answers miss what was measured, the model below is not to be
// believed either. Prints both.
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { simulate } from './simulate.mjs'

const file = join(dirname(fileURLToPath(import.meta.url)), 'results/costs.json')
const costs = JSON.parse(await readFile(file, 'utf8'))

/** What the model supposes and nobody measured here. */
const suppositions = {
  // The busiest hour against the average one.
  peak: 3,
  // How busy a processor may be on average before queues form.
  busy: 0.6,
  retentionDays: 30,
  // One primary on good hardware: processors, WAL and the commits its disk flushes each second.
  primary: { processors: 32, walMiBPerSecond: 200, storedTiB: 8 },
  // Rough list prices of clouds, in dollars a month.
  price: { processor: 30, storedGiB: 0.12 },
}

const checks = costs.points.map((point) => {
  const executionsPerSecond = simulate(point)
  const apart = executionsPerSecond / point.executionsPerSecond - 1
  return {
    case: point.case,
    connections: point.connections,
    'commit ms': point.commitMs,
    measured: point.executionsPerSecond,
    simulated: Math.round(executionsPerSecond),
    'apart %': Math.round(apart * 100),
  }
})
console.log(`Measured ${costs.measuredAt} on ${costs.machine}. Executions a second:`)
console.table(checks)

for (const name of ['webhook flow, sync', 'webhook flow, async']) {
  const point = costs.points.find((candidate) => candidate.case === name && candidate.connections === 16)
  console.log(`${name}, ${suppositions.retentionDays} days kept, peak ${suppositions.peak} x the average:`)
  console.table([1e6, 1e7, 1e8, 1e9].map((perDay) => needs(perDay, point)))
}

/** What so many executions a day need, at the peak where it is a rate. */
function needs(perDay, point) {
  const { peak, busy, retentionDays, primary, price } = suppositions
  const perSecond = (perDay / 86_400) * peak
  const processors = (ms) => (perSecond * ms) / 1000 / busy
  const server = processors(point.mainMs + point.threadMs)
  const database = processors(point.databaseMs)
  const walMiB = (perSecond * point.walBytes) / 2 ** 20
  const storedTiB = (perDay * retentionDays * point.storedBytes) / 2 ** 40
  const shards = Math.ceil(
    Math.max(database / primary.processors, walMiB / primary.walMiBPerSecond, storedTiB / primary.storedTiB),
  )
  return {
    'a day': perDay.toExponential(0),
    'a second at peak': Math.round(perSecond),
    'processes (one main thread each)': Math.max(1, Math.ceil(processors(point.mainMs))),
    'server processors': round(server),
    'database processors': round(database),
    'WAL MiB/s': round(walMiB),
    'statements/s': Math.round(perSecond * point.statements),
    'stored TiB': round(storedTiB),
    primaries: shards,
    '$ a month': Math.round((server + database) * price.processor + storedTiB * 1024 * price.storedGiB),
  }
}

function round(value) {
  return Number(value.toPrecision(2))
}
