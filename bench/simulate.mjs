const simulatedMs = 20_000

/** Executions a second of clients that each wait for one answer before they ask again, counted event by event: every
 *  request is worked on by the client, the server's one main thread, its other threads and the database, which share
 *  the processors that the rest of the machine left them; a sync call also waits for two flushes, a queued one is
 *  enqueued with one and claimed and ended in batches that nobody waits for. */
export function simulate(point, commitMs) {
  const isAsync = point.case.endsWith('async')
  const stages = [
    { kind: 'client', ms: point.clientMs },
    { kind: 'main', ms: point.mainMs },
    { kind: 'threads', ms: point.threadMs },
    { kind: 'database', ms: point.databaseMs },
    { kind: 'flush', ms: (isAsync ? 1 : 2) * commitMs },
  ]
  const jobs = Array.from({ length: point.connections }, () => ({ stage: 0, leftMs: stages[0].ms }))
  let [nowMs, done] = [0, 0]
  while (nowMs < simulatedMs) {
    const rates = ratesOf(jobs, stages, point.processorsLeft)
    const stepMs = Math.min(...jobs.map((job, index) => (rates[index] > 0 ? job.leftMs / rates[index] : Infinity)))
    nowMs += stepMs
    for (const [index, job] of jobs.entries()) {
      job.leftMs -= stepMs * rates[index]
      if (job.leftMs > 1e-9) continue
      job.stage = (job.stage + 1) % stages.length
      job.leftMs = stages[job.stage].ms
      job.queuedAt = nowMs
      if (job.stage === 0) done++
    }
  }
  return (done / nowMs) * 1000
}

/** How fast each job goes on: 1 is a whole processor. The main thread and the client serve one at a time, first come
 *  first served; a flush takes no processor. */
function ratesOf(jobs, stages, processors) {
  const served = new Map()
  for (const job of jobs) {
    const { kind } = stages[job.stage]
    if (kind !== 'main' && kind !== 'client') continue
    const first = served.get(kind)
    if (!first || (job.queuedAt ?? 0) < (first.queuedAt ?? 0)) served.set(kind, job)
  }
  const isServed = jobs.map((job) => {
    const { kind } = stages[job.stage]
    return kind === 'main' || kind === 'client' ? served.get(kind) === job : true
  })
  const working = jobs.filter((job, index) => isServed[index] && stages[job.stage].kind !== 'flush').length
  const share = Math.min(1, processors / Math.max(1, working))
  return jobs.map((job, index) => (!isServed[index] ? 0 : stages[job.stage].kind === 'flush' ? 1 : share))
}
