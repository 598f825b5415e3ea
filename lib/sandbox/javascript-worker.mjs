// One worker thread: runs one piece of JavaScript after the other in QuickJS. The interpreter is made once, and after each
// run its memory is put back to what it was before the first: nothing of a run is left. The host sends {id, slot, code,
// bindings, timeoutMs} and gets {id, output | error, logs, spent}; a spent worker (deadline, memory, anything odd) runs
// nothing more and wants to be replaced. A job begins when its claim, the id in `claims[slot]`, is taken from there; the
// host takes it back the same way.
import { randomFillSync } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { newQuickJSWASMModule, RELEASE_SYNC, Scope } from 'quickjs-emscripten'
import { createDeadline } from './javascript-deadline.mjs'
import { preludeSource, reportSource } from './javascript-prelude.mjs'
import { takeMemoryImage } from './memory-image.mjs'
import { createLogBuffer, whyTooMuch } from './text-limits.mjs'

const { claims, ...limits } = workerData

/** What the user's code did wrong, as opposed to a fault of the machine. */
class CodeFailure extends Error {}

/** Never a module, whatever the text looks like. */
const asScript = { type: 'global' }

const quickjs = await newQuickJSWASMModule(RELEASE_SYNC)
const deadline = createDeadline(limits.politeAfterMs)
const machine = createMachine()
const image = takeMemoryImage(quickjs.getWasmMemory())
/** What the code of this run has printed. */
let logs = createLogBuffer(limits.maxLogBytes)

let isSpent = false

parentPort.on('message', (job) => {
  if (isSpent || Atomics.compareExchange(claims, job.slot, job.id, 0) !== job.id) return
  const reply = runJob(job)
  isSpent = reply.spent
  parentPort.postMessage(reply)
  if (isSpent) return
  // After the answer: the caller does not wait for the cleaning.
  image.restore()
  logs = createLogBuffer(limits.maxLogBytes)
})
parentPort.postMessage('ready')

/** A runtime with the prelude in it. Its handles live as long as the thread. */
function createMachine() {
  const runtime = quickjs.newRuntime()
  runtime.setMemoryLimit(limits.memoryBytes)
  runtime.setMaxStackSize(limits.stackBytes)
  runtime.setInterruptHandler(deadline.hasPassed)
  const context = runtime.newContext()
  const start = (source, file, ...args) => {
    const main = context.unwrapResult(context.evalCode(source, file, asScript))
    return context.unwrapResult(context.callFunction(main, context.undefined, ...args))
  }
  const reports = start(reportSource, 'report.js', context.newNumber(limits.maxLogBytes))
  const tools = start(preludeSource, 'prelude.js', context.newFunction('print', print))
  const [bind, tail, encode] = ['bind', 'tail', 'encode'].map((name) => context.getProp(tools, name))
  return { runtime, context, reports, bind, tail, encode }
}

function print(...values) {
  let line = ''
  for (const value of values) {
    if (logs.isFull() || line.length > limits.maxLogBytes) break
    line += (value === values[0] ? '' : ' ') + (report('show', value) ?? '[value without text]')
  }
  if (!logs.isFull()) logs.add(line)
}

/** Text about a value made inside QuickJS, or null when even that fails (no memory, no time). */
function report(name, value) {
  const { context, reports } = machine
  try {
    return context.unwrapResult(context.callMethod(reports, name, [value])).consume((text) => context.getString(text))
  } catch {
    return null
  }
}

function runJob(job) {
  deadline.start(job.timeoutMs)
  let output = null
  let error = null
  let isBroken = false
  try {
    output = Scope.withScope((scope) => evaluate(job, scope))
  } catch (thrown) {
    isBroken = !(thrown instanceof CodeFailure)
    error = isBroken ? `The sandbox failed: ${thrown.message}` : thrown.message
  }
  if (deadline.fired()) error = job.timeoutText
  const isLarge = quickjs.getWasmMemory().buffer.byteLength > limits.keepBytes
  const spent = isBroken || isLarge || deadline.fired() || !deadline.end()
  return { id: job.id, output, error, logs: logs.lines, spent }
}

/** @returns {string} JSON text of the result */
function evaluate(job, scope) {
  const { context, bind, tail, encode } = machine
  const take = (result) => {
    if (!result.error) return scope.manage(result.value)
    throw new CodeFailure(describeError(job, scope.manage(result.error)))
  }
  const given = [job.bindings, freshSeed()].map((text) => scope.manage(context.newString(text)))
  take(context.callFunction(bind, context.undefined, ...given))
  // On the first line, so that line numbers are the user's; the line break ends a trailing comment.
  const source = `(async function (__sluiceTail) {${job.code}\n;return __sluiceTail(output)\n})`
  const main = take(context.evalCode(source, 'code.js', asScript))
  const promise = take(context.callFunction(main, context.undefined, tail))
  const value = settle(job, promise, take)
  const encoded = context.callFunction(encode, context.undefined, value)
  if (encoded.error) {
    throw new CodeFailure(`The output is not JSON: ${describeError(job, scope.manage(encoded.error))}`)
  }
  const text = context.typeof(encoded.value) === 'string' ? context.getString(encoded.value) : null
  encoded.value.dispose()
  if (text === null) throw new CodeFailure(`The output is not JSON: a ${context.typeof(value)} has no JSON form`)
  const problem = whyTooMuch(text, limits)
  if (problem) throw new CodeFailure(problem)
  return text
}

/** Every run starts from the same memory, so chance has to come from outside: JSON text of four 32-bit numbers. */
function freshSeed() {
  return JSON.stringify([...randomFillSync(new Uint32Array(4))])
}

/** Runs pending jobs until the promise settled. There are no timers in there: a promise still pending when nothing is
 *  left to do never settles. */
function settle(job, promise, take) {
  const { context, runtime } = machine
  for (;;) {
    const state = context.getPromiseState(promise)
    if (state.type === 'fulfilled') return take({ value: state.value })
    if (state.type === 'rejected') take(state)
    if (deadline.hasPassed()) throw new CodeFailure(job.timeoutText)
    const ran = runtime.executePendingJobs(limits.jobsPerTurn)
    if (ran.error) take(ran)
    if (ran.value === 0) throw new CodeFailure('The code waits for a promise that never settles')
  }
}

/** One line for a person: name, message and the user's line. */
function describeError(job, error) {
  const described = report('describe', error)
  if (described === null) return 'The code ran out of memory'
  const [name, message, stack] = readDescription(described)
  const text = name && message ? `${name}: ${message}` : name || message
  const lastLine = job.code.split('\n').length
  const line = /\bcode\.js:(\d+)/.exec(stack)?.[1]
  return line ? `${text} (line ${Math.min(Number(line), lastLine)})` : text
}

/** The user's code may have replaced JSON in there: its answer can be anything. */
function readDescription(described) {
  try {
    const parts = JSON.parse(described)
    return [0, 1, 2].map((i) => String(parts[i]))
  } catch {
    return ['', 'The code failed', '']
  }
}
