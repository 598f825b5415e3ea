import { spread } from './spread.mjs'

const categories = [
  'devtools.timeline',
  'devtools.timeline.frame',
  'disabled-by-default-devtools.timeline',
  'toplevel',
  'v8',
]

/** Names of trace events in which the page's script runs; forced style and layout count with the script that asked. */
const scriptNames = new Set([
  'EventDispatch',
  'EvaluateScript',
  'FireAnimationFrame',
  'FireIdleCallback',
  'FunctionCall',
  'RunMicrotasks',
  'TimerFire',
  'MajorGC',
  'MinorGC',
])

/** Records a Chromium trace while `work` runs and tells what it cost the page's main thread: script for each frame in
 *  which some ran, and its longest task, by the clock. */
export async function traced(browser, work) {
  const session = await browser.newBrowserCDPSession()
  const events = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value))
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: categories } })
  const result = await work()
  const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await done
  await session.detach()
  return { result, ...readTrace(events) }
}

function readTrace(events) {
  const main = mainThread(events)
  const frames = main.filter(({ name }) => name === 'Commit').map(({ ts }) => ts)
  const scripts = outermost(main.filter(({ name, ph }) => ph === 'X' && scriptNames.has(name)))
  const tasks = main.filter(({ name, ph }) => ph === 'X' && name === 'RunTask')
  const longest = tasks.reduce((most, task) => (task.dur > (most?.dur ?? 0) ? task : most), null)
  return {
    scriptMsPerFrame: spread(perFrame(frames, scripts)),
    longestTaskMs: longest ? round(longest.dur / 1_000) : 0,
    tasksOver50Ms: tasks.filter(({ dur }) => dur > 50_000).length,
    ...(process.env.SHOW_LONGEST && longest && { inLongest: inside(main, longest) }),
  }
}

/** The thread that ran the page: of all renderers' main threads the one that called the most functions. */
function mainThread(events) {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
  const all = threads.map(({ pid, tid }) => events.filter((event) => event.pid === pid && event.tid === tid))
  const calls = (thread) => thread.filter(({ name }) => name === 'FunctionCall').length
  const busiest = all.reduce((most, thread) => (calls(thread) > calls(most) ? thread : most), all[0] ?? [])
  return busiest.sort((a, b) => a.ts - b.ts)
}

function outermost(scripts) {
  let endedAt = 0
  return scripts.filter(({ ts, dur }) => {
    if (ts < endedAt) return false
    endedAt = ts + dur
    return true
  })
}

function perFrame(frames, scripts) {
  const costs = new Map()
  let frame = 0
  for (const script of scripts) {
    while (frame < frames.length && frames[frame] <= script.ts) frame++
    costs.set(frame, (costs.get(frame) ?? 0) + script.dur / 1_000)
  }
  return [...costs.values()]
}

function inside(main, task) {
  return main
    .filter(({ ts, dur }) => ts >= task.ts && ts < task.ts + task.dur && dur > 2_000)
    .map(({ name, dur, args }) => ({ name, ms: round(dur / 1_000), data: args?.data }))
}

function round(value) {
  return Math.round(value * 10) / 10
}
