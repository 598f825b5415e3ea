import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../contract/json'
import { Pool } from './pool'
import { startJavascriptRunner } from './javascript-runner'

const rootDir = path.resolve(import.meta.dirname, '../..')
const pool = new Pool({ runsAtOnce: 3, spares: 1, start: () => startJavascriptRunner(rootDir) })
afterAll(() => pool.close())

function run(code: string, bindings: JsonObject = {}, timeoutMs = 2_000) {
  const signal = new AbortController().signal
  return pool.run({ language: 'javascript', code, bindings, timeoutMs, signal, owner: 'workflow' })
}
const output = async (code: string, bindings?: JsonObject) => (await run(code, bindings)).output

describe('a JavaScript block', () => {
  it.each([
    ['return 1 + 1', 2],
    ['return await Promise.resolve([1, { a: null }])', [1, { a: null }]],
    ['return Promise.resolve(1).then((n) => n + 1)', 2],
    ['let output = 1', 1],
    ['var output = 2', 2],
    ['const output = 3 // a trailing comment', 3],
    ['output = 4', 4],
    ['"use strict"; output = 5', 5],
    ['output = 6; return', 6],
    ['output = Promise.resolve(7)', 7],
    ['let x = 8', null],
    ['', null],
    ['return { a: undefined, f() {}, d: new Date(0) }', { d: '1970-01-01T00:00:00.000Z' }],
    ['return "\\ud800\\u0000é"', '\ud800\u0000é'],
    ['return [NaN, 1.5, -0, 9007199254740991]', [null, 1.5, 0, 9007199254740991]],
    ['for await (const x of [1]) output = x', 1],
    ['function* g() { yield 1; yield 2 }\nreturn [...g()]', [1, 2]],
  ])('hands back what %j yields', async (code, expected) => {
    expect(await output(code)).toEqual(expected)
  })

  it('sees bindings as variables that are its own copies', async () => {
    const bindings = { start: { output: { n: 1 } }, input_data: { start: { output: { n: 1 } } } }
    expect(await output('start.output.n = 5; return [start.output.n, input_data.start.output.n]', bindings)).toEqual([
      5, 1,
    ])
    expect(bindings.start.output.n).toBe(1)
  })

  it('does not take an upstream block named output for its result', async () => {
    expect(await output('let x = 1', { output: { output: 1 } })).toBeNull()
    expect(await output('return output', { output: { output: 1 } })).toEqual({ output: 1 })
    expect(await output('output = output.output + 1', { output: { output: 1 } })).toBe(2)
  })

  it('logs what the console is given, text as it is and the rest as JSON', async () => {
    const { logs } = await run('console.log("a", 1, { b: [2] }, undefined); console.warn(new Error("x"))')
    expect(logs).toEqual(['a 1 {"b":[2]} undefined', 'Error: x'])
  })

  it('draws other random numbers in each run, evenly between 0 and 1', async () => {
    const code = 'return Array.from({ length: 1000 }, () => Math.random())'
    const runs = await Promise.all([1, 2, 3, 4].map(async () => (await run(code)).output as number[]))
    expect(new Set(runs.flat()).size).toBe(4_000)
    expect(runs.flat().every((number) => number >= 0 && number < 1)).toBe(true)
    const mean = runs.flat().reduce((sum, number) => sum + number, 0) / 4_000
    expect(mean).toBeGreaterThan(0.45)
    expect(mean).toBeLessThan(0.55)
  })

  it('cuts the log at its limit and says so', async () => {
    const { logs } = await run('for (let i = 0; i < 10000; i++) console.log("x".repeat(1000))')
    expect(logs.join('\n').length).toBeLessThan(300 * 1024)
    expect(logs.at(-1)).toMatch(/log cut at 262144 bytes/)
  })

  it.each([
    ['\n\nfoo()', /^ReferenceError: 'foo' is not defined \(line 3\)$/],
    ['let a = 1\nlet b = ;', /^SyntaxError: .*\(line 2\)$/],
    ['if (true) {\n', /^SyntaxError: .*\(line [12]\)$/],
    ['throw "plain"', /^plain$/],
    ['throw { a: 1 }', /^\{"a":1\}$/],
    ['await Promise.reject(new TypeError("no"))', /^TypeError: no \(line 1\)$/],
    ['return 1n', /^The output is not JSON: TypeError/],
    ['return () => 1', /^The output is not JSON: a function has no JSON form/],
    ['const a = {}; a.a = a; return a', /^The output is not JSON: TypeError: circular reference/],
    ['await new Promise(() => {})', /^The code waits for a promise that never settles$/],
    ['let a = []; for (let i = 0; i < 300; i++) a = [a]; return a', /nested deeper than 200 levels/],
    ['return "x".repeat(34 * 1024 * 1024)', /larger than 33554432 bytes/],
  ])('fails on %j with message and line', async (code, message) => {
    await expect(run(code)).rejects.toThrow(message)
  })
})
