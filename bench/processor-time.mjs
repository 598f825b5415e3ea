import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'

// USER_HZ: what the kernel counts these files in, on every Linux that Node runs on.
const ticksPerSecond = 100

/** Processor milliseconds used so far: by the server's main thread and its other threads, by Postgres, by this process,
 *  and by the whole machine. Linux only. */
export function processorTimes(serverPid, dataDir) {
  const postmaster = Number(readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
  const whole = timesOf(`/proc/${serverPid}/stat`)
  const main = timesOf(`/proc/${serverPid}/task/${serverPid}/stat`).own
  const own = process.cpuUsage()
  return {
    main,
    threads: whole.own - main,
    database: databaseMs(postmaster),
    client: (own.user + own.system) / 1000,
    machine: machineMs(),
    at: performance.now(),
  }
}

/** What was used between two readings, in milliseconds, and how many processors everybody else kept busy. */
export function usedBetween(before, after) {
  const used = Object.fromEntries(Object.keys(before).map((key) => [key, after[key] - before[key]]))
  const ours = used.main + used.threads + used.database + used.client
  const others = Math.max(0, used.machine - ours) / used.at
  return { ...used, elapsed: used.at, processorsLeft: Math.max(0.1, cpus().length - others) }
}

function databaseMs(postmaster) {
  const own = timesOf(`/proc/${postmaster}/stat`)
  let sum = own.own + own.children
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const times = timesOf(`/proc/${name}/stat`)
    if (times.parent === postmaster) sum += times.own
  }
  return sum
}

function timesOf(file) {
  try {
    const fields = readFileSync(file, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number)
    const ms = (from) => ((fields[from] + fields[from + 1]) * 1000) / ticksPerSecond
    return { parent: fields[1], own: ms(11), children: ms(13) }
  } catch {
    // It has ended; its time is its parent's children's now.
    return { parent: 0, own: 0, children: 0 }
  }
}

function machineMs() {
  const [user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8')
    .split('\n')[0]
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return ((user + nice + system + irq + softirq) * 1000) / ticksPerSecond
}
