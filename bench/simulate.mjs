const simulatedMs = 20_000

/** Executions a second of clients that each wait for one answer before they ask again, counted event by event: every
 *  request is worked on by the client, the server's one main thread, its other threads and the database, which share
 *  the processors that the rest of the machine left them. The database takes what waits for it as one batch, works on
 *  one batch at a time and flushes each once: a sync call waits for that of its end, a queued one for that of its entry.
 *  What is claimed and ended in batches that nobody waits for is in the processor times. */
export function simulate(point) {
  const stages = [
    { kind: 'client', ms: point.clientMs },
    { kind: 'main', ms: point.mainMs },
    { kind: 'threads', ms: point.threadMs },
    { kind: 'database', ms: point.databaseMs },
    { kind: 'flush', ms: point.commitMs },
  ]
  const jobs = Array.from({ length: point.connections }, () => ({ stage: 0, leftMs: stages[0].ms }))
  let [nowMs, done] = [0, 0]
  while (nowMs < simulatedMs) {
    openBatch(jobs, stages)
    const rates = ratesOf(jobs, stages, point.processorsLeft)
    const stepMs = Math.min(...jobs.map((job, index) => (rates[index] > 0 ? job.leftMs / rates[index] : Infinity)))
    nowMs += stepMs
    for (const [index, job] of jobs.entries()) {
      job.leftMs -= stepMs * rates[index]
      if (job.leftMs > 1e-9) continue
      job.stage = (job.stage + 1) % stages.length
      job.leftMs = stages[job.stage].ms
      job.queuedAt = nowMs
      if (job.stage > 0) continue
      job.isInBatch = false
      done++
    }
  }
  return (done / nowMs) * 1000
}

/** What waits for the database becomes its next batch once the last one is through. */
function openBatch(jobs, stages) {
  if (jobs.some((job) => job.isInBatch)) return
  for (const job of jobs) job.isInBatch = stages[job.stage].kind === 'database'
}

/** How fast each job goes on: 1 is a whole processor. The main thread and the client serve one at a time, first come
 *  first served; the jobs of a batch share one backend; a flush takes no processor. */
function ratesOf(jobs, stages, processors) {
  const kindOf = (job) => stages[job.stage].kind
  const served = new Map()
  for (const job of jobs) {
    const first = served.get(kindOf(job))
    if (!first || (job.queuedAt ?? 0) < (first.queuedAt ?? 0)) served.set(kindOf(job), job)
  }
  const batch = jobs.filter((job) => job.isInBatch && kindOf(job) === 'database').length
  const shareOf = (job) => {
    const kind = kindOf(job)
    if (kind === 'main' || kind === 'client') return served.get(kind) === job ? 1 : 0
    if (kind === 'database') return job.isInBatch ? 1 / batch : 0
    return kind === 'threads' ? 1 : 0
  }
  const working = jobs.reduce((sum, job) => sum + shareOf(job), 0)
  const speed = Math.min(1, processors / Math.max(1, working))
  return jobs.map((job) => (kindOf(job) === 'flush' ? 1 : shareOf(job) * speed))
}
