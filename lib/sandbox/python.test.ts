import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../contract/json'
import { createSandbox } from './sandbox'
import type { Sandbox } from './sandbox'

const rootDir = path.resolve(import.meta.dirname, '../..')
const lines: string[] = []
const log = { info: (line: string) => void lines.push(line), warn: (line: string) => void lines.push(line) }
let dataDir: string
let sandbox: Sandbox

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'sluice-python-'))
  sandbox = createSandbox({ rootDir, dataDir, log })
})
afterAll(async () => {
  await sandbox.close()
  await rm(dataDir, { recursive: true, force: true })
})

function run(code: string, bindings: JsonObject = {}, timeoutMs = 10_000) {
  const signal = new AbortController().signal
  return sandbox.run({ language: 'python', code, bindings, timeoutMs, signal, owner: 'workflow' })
}
const output = async (code: string, bindings?: JsonObject) => (await run(code, bindings)).output

describe('a Python block', () => {
  it('waits while Python warms up, and health says so', async () => {
    expect((await sandbox.health()).python).toBe('warming')
    expect(await output('output = 1')).toBe(1)
    expect(await sandbox.health()).toEqual({ javascript: 'ok', python: 'ready' })
    expect(lines.filter((line) => line.startsWith('Python sandbox: '))).toHaveLength(1)
    expect((await readdir(dataDir)).filter((name) => name.endsWith('.snapshot'))).toHaveLength(1)
  })

  it.each([
    ['result = [x*x for x in range(4)]', [0, 1, 4, 9]],
    ['result = 1\noutput = 2', 2],
    ['output = sorted(input_data.keys())', ['start']],
    ['def f(n):\n    return n if n < 2 else f(n-1) + f(n-2)\noutput = f(12)', 144],
    ["output = f\"{start['output']['n']:05.1f}\"", '003.1'],
    ['output = None', null],
    ['x = 1', null],
    ['output = {"a": (1, 2), "s": {2, 1}, 3: True, "t": 1.0}', { a: [1, 2], s: [1, 2], '3': true, t: 1 }],
    [
      'output = [type(start["output"]["n"]).__name__, type(i).__name__, type(n).__name__]',
      ['float', 'int', 'NoneType'],
    ],
    ['import dataclasses\n@dataclasses.dataclass\nclass A:\n    n: int\noutput = dataclasses.asdict(A(1))', { n: 1 }],
    ['output = "\\ud800 \\u0000 é"', '\ud800 \u0000 é'],
    ['import numpy' + '\n', /No module named 'numpy' \(line 1\)/],
    ['a = 1\n\nfoo()', /^NameError: name 'foo' is not defined \(line 3\)$/],
    ['a = 1\nb = (', /^SyntaxError: '\(' was never closed \(line 2\)$/],
    ['import sys\nsys.exit(3)', /^The code called exit with 3 \(line 2\)$/],
    ['import os\nos._exit(0)', /^The code ended the interpreter$/],
    ['output = float("nan")', /^The output is not JSON: .*NaN and Infinity have no JSON form/],
    ['import datetime\noutput = datetime.datetime.now()', /^The output is not JSON: .*datetime has no JSON form/],
    ['output = []\noutput.append(output)', /^The output is not JSON: .*Circular/],
    ['output = "x" * (34 << 20)', /larger than 33554432 bytes/],
  ])('turns %j into its output or a clear failure', async (code, expected) => {
    const bindings = { start: { output: { n: 3.14159 } }, i: 1, n: null, input_data: { start: { output: {} } } }
    if (expected instanceof RegExp) await expect(run(code, bindings)).rejects.toThrow(expected)
    else expect(await output(code, bindings)).toEqual(expected)
  })

  it('does not take an upstream block named output for its result', async () => {
    expect(await output('x = 1', { output: { output: 1 } })).toBeNull()
    expect(await output('result = output["output"] + 1', { output: { output: 1 } })).toBe(2)
  })

  it('logs what is printed, the last line without its end included', async () => {
    const { logs } = await run('import sys\nprint("a", 1)\nprint("é\\nb", file=sys.stderr)\nprint("end", end="")')
    expect(logs).toEqual(['a 1', 'é', 'b', 'end'])
    const long = await run('for i in range(2000): print("x" * 1000)')
    expect(long.logs.at(-1)).toMatch(/log cut at 262144 bytes/)
  })

  it('draws other random numbers in each run', async () => {
    const code = 'import random, uuid, secrets\noutput = [random.random(), str(uuid.uuid4()), secrets.token_hex(8)]'
    const [one, two] = await Promise.all([output(code), output(code)])
    expect(new Set([...(one as string[]), ...(two as string[])]).size).toBe(6)
  })

  it('says clearly when Python cannot start', async () => {
    const broken = createSandbox({ rootDir, dataDir: '/dev/null/nowhere', log })
    const signal = new AbortController().signal
    const job = { language: 'python' as const, code: '', bindings: {}, timeoutMs: 1_000, signal, owner: 'workflow' }
    await expect(broken.run(job)).rejects.toThrow(/^Python is not available: ENOTDIR/)
    expect((await broken.health()).python).toMatch(/^Python is not available/)
    await broken.close()
  })
})
