const executions = 3_000

/** How much of the processors a system keeps busy with work that is handed on every fraction of a millisecond: threads
 *  wait for one another, and a woken one for its turn. Fitted once, to all points of one run together. */
const busyShare = 0.8

/** Executions a second, counted event by event, of clients that each wait for one answer before they ask again, until all
 *  have ended. An execution visits the client, the server's one main thread, its other threads and the database, which
 *  share the processors. Client and main thread serve one at a time, first come first served. The database takes what
 *  waits at one of its doors (look-ups, ends, the queue's) as one batch, works on one batch of a door at a
 *  time and flushes it once. A queued execution is answered half-way: the rest goes on while the next call comes. No
 *  visit takes as long as another of its kind: times are spread exponentially around what was measured. */
export function simulate(point) {
  const [called, rest] = point.case.endsWith('async') ? queuedVisits(point) : [syncVisits(point), []]
  const jobs = []
  let [nowMs, started, ended] = [0, 0, 0]
  const enter = (visits, next) => {
    const job = { visits, next, at: 0, leftMs: spread(visits[0].ms), sinceMs: nowMs, isOpen: false, isFlushing: false }
    jobs.push(job)
  }
  const call = () => {
    if (started === executions) return
    started++
    enter(called, () => {
      call()
      if (rest.length > 0) enter(rest, () => ended++)
      else ended++
    })
  }
  for (let i = 0; i < point.connections; i++) call()
  while (ended < executions) {
    openBatches(jobs)
    const speeds = speedsOf(jobs, point.processorsLeft * busyShare)
    const stepMs = Math.min(...jobs.map((job, index) => (speeds[index] > 0 ? job.leftMs / speeds[index] : Infinity)))
    nowMs += stepMs
    for (const [index, job] of jobs.entries()) job.leftMs -= stepMs * speeds[index]
    for (const job of jobs.filter(({ leftMs }) => leftMs <= 1e-9)) advance(job, jobs, nowMs)
  }
  return (executions / nowMs) * 1000
}

function syncVisits({ clientMs, mainMs, threadMs, databaseMs, commitMs }) {
  return [
    { place: 'client', ms: clientMs },
    { place: 'main', ms: mainMs / 3 },
    { place: 'database', door: 'look-up', ms: databaseMs / 3, flushMs: 0 },
    { place: 'main', ms: mainMs / 3 },
    { place: 'threads', ms: threadMs },
    { place: 'database', door: 'end', ms: (databaseMs * 2) / 3, flushMs: commitMs },
    { place: 'main', ms: mainMs / 3 },
  ]
}

function queuedVisits({ clientMs, mainMs, threadMs, databaseMs, commitMs }) {
  const called = [
    { place: 'client', ms: clientMs },
    { place: 'main', ms: mainMs / 4 },
    { place: 'database', door: 'enqueue', ms: databaseMs / 2, flushMs: commitMs },
    { place: 'main', ms: mainMs / 4 },
  ]
  const rest = [
    { place: 'main', ms: mainMs / 4 },
    { place: 'threads', ms: threadMs },
    { place: 'database', door: 'end', ms: databaseMs / 2, flushMs: commitMs },
    { place: 'main', ms: mainMs / 4 },
  ]
  return [called, rest]
}

/** The same numbers in every run. Source: Numerical Recipes, a linear congruential generator. */
let state = 42
function spread(ms) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return -Math.log((state + 1) / (2 ** 32 + 1)) * ms
}

function visitOf(job) {
  return job.visits[job.at]
}

/** What waits at a door becomes its next batch once the last one is through. */
function openBatches(jobs) {
  const atDoors = jobs.filter((job) => visitOf(job).place === 'database')
  const busy = new Set(atDoors.filter(({ isOpen }) => isOpen).map((job) => visitOf(job).door))
  for (const job of atDoors) if (!busy.has(visitOf(job).door)) job.isOpen = true
}

/** How fast each job goes on: 1 is a whole processor, or a flush. The jobs of a batch share one backend. */
function speedsOf(jobs, processors) {
  const first = new Map()
  const batches = new Map()
  for (const job of jobs) {
    const { place, door } = visitOf(job)
    const served = first.get(place)
    if (!served || job.sinceMs < served.sinceMs) first.set(place, job)
    if (job.isOpen && !job.isFlushing) batches.set(door, (batches.get(door) ?? 0) + 1)
  }
  const shareOf = (job) => {
    const { place, door } = visitOf(job)
    if (place === 'database') return job.isOpen && !job.isFlushing ? 1 / batches.get(door) : 0
    return place === 'threads' || first.get(place) === job ? 1 : 0
  }
  const working = jobs.reduce((sum, job) => sum + shareOf(job), 0)
  const speed = Math.min(1, processors / Math.max(1, working))
  return jobs.map((job) => (job.isFlushing ? 1 : shareOf(job) * speed))
}

function advance(job, jobs, nowMs) {
  const { flushMs = 0 } = visitOf(job)
  if (flushMs > 0 && !job.isFlushing) {
    Object.assign(job, { isFlushing: true, leftMs: flushMs })
    return
  }
  Object.assign(job, { at: job.at + 1, sinceMs: nowMs, isOpen: false, isFlushing: false })
  if (job.at < job.visits.length) {
    job.leftMs = spread(visitOf(job).ms)
    return
  }
  jobs.splice(jobs.indexOf(job), 1)
  job.next()
}
