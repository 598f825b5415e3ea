// Measures the webhook flow beside its peers, history's influence and the scheduler's cost. Numbers hold only within one run.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measureChains } from './chains.mjs'
import { deployFlow, order } from './flow.mjs'
import { measureHistory } from './history.mjs'
import { load } from './load.mjs'
import { machineName } from './machine.mjs'
import { measureQueue } from './queue.mjs'
import { startBareHttp, startNodeRed, startSluice } from './servers.mjs'

const withPeers = process.argv.includes('--peers')
const withHistory = process.argv.includes('--history')
const withQueue = process.argv.includes('--queue')
const seconds = 10
// Every server gets as long to warm up as it is measured: compilers look at what runs hot.
const warmUpSeconds = 10

const results = {
  measuredAt: new Date().toISOString(),
  machine: machineName(),
  note: '16 connections, load generator on the same cores; compare only within one run',
  flow: {},
}
console.log(results.machine)

const sluice = await startSluice()
try {
  const door = await deployFlow(sluice)
  const headers = { authorization: `Bearer ${door.secret}` }
  await load({ url: door.url, headers, body: order, seconds: warmUpSeconds })
  await measure('sluice', () => load({ url: door.url, headers, body: order, seconds }))
  await alone('bare node:http', startBareHttp, (server) => server.url)
  if (withPeers) await alone('node-red', startNodeRed, (server) => server.url)
  await measure('sluice, again', () => load({ url: door.url, headers, body: order, seconds }))
  results.chains = await measureChains(sluice)
  console.table(results.chains)
} finally {
  await sluice.stop()
}
if (withQueue) {
  results.queue = await measureQueue()
  console.table([results.queue.pickup])
  console.table(results.queue.drain)
}
if (withHistory) {
  results.history = await measureHistory()
  console.table(results.history.runs)
  console.log(`medians apart: ${results.history.apartPercent} %`)
}

const folder = join(dirname(fileURLToPath(import.meta.url)), 'results')
await mkdir(folder, { recursive: true })
const file = join(folder, `${results.measuredAt.slice(0, 10)}.json`)
await writeFile(file, JSON.stringify(results, null, 2) + '\n')
console.log(`kept in ${file}`)

async function alone(name, start, urlOf) {
  const server = await start()
  try {
    await load({ url: urlOf(server), body: order, seconds: warmUpSeconds })
    await measure(name, () => load({ url: urlOf(server), body: order, seconds }))
  } finally {
    await server.stop()
  }
}

async function measure(name, work) {
  results.flow[name] = await work()
  console.table({ [name]: results.flow[name] })
}
