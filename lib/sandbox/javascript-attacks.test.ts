import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../contract/json'
import { startJavascriptRunner } from './javascript-runner'
import { Pool } from './pool'

const rootDir = path.resolve(import.meta.dirname, '../..')
const pool = new Pool({ runsAtOnce: 3, spares: 1, start: () => startJavascriptRunner(rootDir) })
afterAll(() => pool.close())

function run(code: string, options: { owner?: string; timeoutMs?: number; signal?: AbortSignal } = {}) {
  const { owner = 'workflow', timeoutMs = 5_000, signal = new AbortController().signal } = options
  const bindings: JsonObject = { start: { output: { n: 1 } } }
  return pool.run({ language: 'javascript', code, bindings, timeoutMs, signal, owner })
}

const look = `
  const names = ['process', 'require', 'module', 'fetch', 'WebAssembly', 'Deno', 'std', 'os', 'Worker', 'importScripts',
    'setTimeout', 'XMLHttpRequest', 'navigator', 'Buffer']
  const seen = (scope) => names.filter((name) => typeof scope[name] !== 'undefined')`

describe('attack 20: constructor chains end in the sandbox of their own', () => {
  it.each([
    ['Array', 'return seen([].constructor.constructor("return globalThis")())'],
    ['Promise', 'return seen(Promise.resolve().constructor.constructor("return globalThis")())'],
    ['async function', 'return seen(await (async () => {}).constructor("return globalThis")())'],
    ['generator', 'return seen((function* () {}).constructor("yield globalThis")().next().value)'],
    ['bindings', 'return seen(start.output.constructor.constructor("return this")())'],
    ['console', 'return seen(console.log.constructor("return this")())'],
    [
      'errors of the host',
      'try { console.log(Symbol()) } catch (e) { return seen(e.constructor.constructor("return this")()) } return []',
    ],
    [
      'errors of the engine',
      'try { (function f() { f() })() } catch (e) { return seen(e.constructor.constructor("return this")()) }',
    ],
    [
      'prepareStackTrace',
      'let got = []; Error.prepareStackTrace = (e, s) => { for (const f of s ?? []) got.push(...seen(f.getThis?.() ?? {})); return "" }; void new Error("x").stack; return got',
    ],
    [
      'Proxy',
      'let got = []; const p = new Proxy(function () {}, { get: (t, k, r) => { got.push(...seen(r)); return undefined }, apply: (t, self) => got.push(...seen(self ?? {})) }); p.x; p(); console.log(p); return got',
    ],
    [
      'species',
      'class A extends Array { static get [Symbol.species]() { return function (n) { this.scope = globalThis } } }; return seen(new A(1, 2).map((x) => x).scope)',
    ],
    ['tagged template', 'const tag = (s) => s.constructor.constructor("return globalThis")(); return seen(tag`x`)'],
    [
      'getters on inputs',
      'let got = []; Object.defineProperty(Object.prototype, "n", { get() { got.push(...seen(this)); return 1 }, configurable: true }); void ({}).n; delete Object.prototype.n; return got',
    ],
    [
      'thenable',
      'let got = []; await { then(resolve) { got.push(...seen(resolve.constructor("return this")())); resolve() } }; return got',
    ],
    ['caller', 'function f() { try { return f.caller } catch { return {} } } return seen(f() ?? {})'],
    [
      'closing the function',
      'return 1 }); globalThis.x = seen(globalThis); (async function () { return seen(globalThis)',
    ],
  ])('%s', async (_road, code) => {
    // The last road leaves the wrapper: it ends in a failure or in nothing, never in a global of the host.
    const found = await run(`${look}\n${code}`).then(
      (result) => result.output,
      () => [],
    )
    expect(found ?? []).toEqual([])
  })

  it('toJSON and replaced built-ins change only their own run', async () => {
    await run('JSON.stringify = () => "1"; Object.prototype.toJSON = () => "owned"; return {}')
    await run('Array.prototype.push = null; Promise.prototype.then = null; Object.defineProperty = null; return 1')
    expect((await run('console.log({ a: 1 }); return { a: [1] }')).output).toEqual({ a: [1] })
  })
})

describe('attack 23: nothing of the host is there and nothing stays', () => {
  it('has no process, require, fetch, timers, env or files', async () => {
    expect((await run(`${look}\nreturn seen(globalThis)`)).output).toEqual([])
  })

  it.each(['await import("node:fs")', 'await import("./javascript-worker.mjs")', 'import fs from "fs"'])(
    '%s is refused',
    async (code) => {
      await expect(run(code)).rejects.toThrow()
    },
  )

  it('globals, prototypes, symbols and pending jobs of one run are unknown to the next ones', async () => {
    const leave = `globalThis.left = 1; Array.prototype.left = 2; Symbol.for('left').x = 1; left2 = 3
      Promise.resolve().then(function again() { globalThis.left = 4; })
      console.log = () => { throw new Error('owned') }; output = 9`
    const find = `return [typeof left, typeof left2, [].left ?? null, typeof output, String(console.log).includes('owned')]`
    for (let i = 0; i < 8; i++) await run(leave)
    for (let i = 0; i < 8; i++) {
      expect((await run(find)).output).toEqual(['undefined', 'undefined', null, 'undefined', false])
    }
  })
})

describe('attack 23: a worker that is used again', () => {
  const one = new Pool({ runsAtOnce: 1, spares: 0, start: () => startJavascriptRunner(rootDir) })
  afterAll(() => one.close())
  const again = (code: string) =>
    one
      .run({ language: 'javascript', code, bindings: {}, timeoutMs: 5_000, signal: idle, owner: 'w' })
      .then((result) => [result.output, result.logs])
      .catch((error: unknown) => String(error))
  const idle = new AbortController().signal
  const census = `const seen = new Set(), list = []
    const walk = (value, path, depth) => {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return
      seen.add(value)
      for (const key of Reflect.ownKeys(value)) {
        const property = Object.getOwnPropertyDescriptor(value, key), at = path + '.' + String(key)
        list.push(at + ' ' + typeof property.value + ' ' + property.writable + property.enumerable + property.configurable)
        if (depth < 3) walk(property.value, at, depth + 1)
      }
    }
    walk(globalThis, '', 0)
    console.log(list.length)
    return list`

  it.each([
    [
      'thirty megabytes of objects',
      'const a = []; for (let i = 0; i < 3e5; i++) a.push({ i, text: "x" + i }); return a.length',
    ],
    ['a failure in a nested promise', 'await Promise.all([1, 2].map(async (n) => { throw new RangeError("n" + n) }))'],
    ['promises left pending', 'for (let i = 0; i < 1e4; i++) new Promise(() => {}).then(() => 1); return 1'],
    [
      'every built-in patched',
      'for (const o of [Object, Array, JSON, Math, Promise, Reflect]) for (const k of Reflect.ownKeys(o)) try { o[k] = null } catch {}',
    ],
    [
      'frozen prototypes',
      'for (const o of [Object, Array, Function]) Object.freeze(o.prototype); Object.freeze(globalThis); return 1',
    ],
    ['no memory', 'const a = []; for (;;) a.push("x".repeat(1e6) + a.length)'],
    ['no stack', 'const f = () => f() + 1; f()'],
    [
      'a finalizer and weak references',
      'globalThis.r = new FinalizationRegistry(() => {}); r.register({}, 1); new WeakRef({}); return 1',
    ],
  ])('begins as the first run did, after %s', async (_what, code) => {
    const before = await again(census)
    await again(code)
    expect(await again(census)).toEqual(before)
  })
})

describe('attack 22: runaway code is stopped at its limit and the next run is clean', () => {
  it.each([
    ['an endless loop', 'while (true) {}', /longer than 300 ms/],
    [
      'a loop that catches everything',
      'while (true) { try { while (true) {} } catch {} finally { continue } }',
      /300 ms/,
    ],
    ['a loop after an await', 'await 1; for (;;) {}', /longer than 300 ms/],
    ['a promise storm', 'const f = () => Promise.resolve().then(f).then(f); await f()', /300 ms|memory/],
    [
      'jobs that queue themselves',
      'const f = () => { Promise.resolve().then(f) }; f(); await new Promise(() => {})',
      /300 ms/,
    ],
    ['regular expression backtracking', 'return /^(a+)+$/.test("a".repeat(40) + "b")', /longer than 300 ms/],
    ['a string bomb', 'let s = "x"; for (;;) s = s.padEnd(s.length * 2, s)', /memory|string|300 ms/],
    [
      'a sort in native code',
      'const a = Array.from({ length: 2e6 }, () => Math.random()); for (;;) a.sort()',
      /300 ms|memory/,
    ],
    ['an array bomb', 'const a = []; for (;;) a.push(new Array(1e5).fill(1))', /memory|300 ms/],
    ['a giant join', 'return new Array(5e8).join("ab".repeat(1e3))', /memory|string|300 ms/],
    ['deep recursion', 'const f = () => f() + 1; f()', /stack overflow/],
    ['recursion through a Proxy', 'const p = new Proxy({}, { get: (t, k, r) => r[k] }); p.x', /stack overflow/],
    ['recursion through toJSON', 'const a = { toJSON() { return { a } } }; return a', /stack|memory|300 ms/],
    ['a getter that loops while the output is read', 'return { get a() { for (;;) {} } }', /longer than 300 ms/],
    [
      'a stack that loops while the error is read',
      'throw Object.defineProperty(new Error(), "stack", { get() { for (;;) {} } })',
      /300 ms/,
    ],
    ['nested source', `return ${'['.repeat(20_000)}`, /stack|Syntax|memory/],
  ])('%s', async (_what, code, message) => {
    await expect(run(code, { timeoutMs: 300 })).rejects.toThrow(message)
    expect((await run('return typeof output')).output).toBe('undefined')
  })

  it('a workflow that loops in every worker it gets leaves one to the others', async () => {
    const stop = new AbortController()
    const loops = Array.from({ length: 6 }, () =>
      run('for (;;) {}', { owner: 'hog', timeoutMs: 60_000, signal: stop.signal }),
    )
    const ended = Promise.allSettled(loops)
    for (let i = 0; i < 5; i++) expect((await run('return 1', { owner: 'other' })).output).toBe(1)
    stop.abort()
    expect((await ended).map((end) => end.status)).toEqual(Array(6).fill('rejected'))
    expect((await run('return 2', { owner: 'hog' })).output).toBe(2)
  })

  it('an abort ends the run at once', async () => {
    const stop = new AbortController()
    const looping = run('for (;;) {}', { timeoutMs: 60_000, signal: stop.signal })
    const refused = expect(looping).rejects.toThrow('The code was stopped')
    setImmediate(() => stop.abort())
    await refused
    await expect(run('return 1', { signal: stop.signal })).rejects.toThrow('The code was stopped')
  })
})
