import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from './engine'
import { openJournal, type Journal } from './journal'
import type { EngineDependencies } from './running-execution'
import type { FinishedExecution } from './run-execution'
import type { StartRequest } from './start-request'
import { catalog } from '../blocks/catalog'
import type { OutboundRequest, OutboundResponse } from '../blocks/contract'
import type { JsonObject } from '../contract/json'
import { pool } from '../data/database'
import { readExecution, readWhole } from '../data/finished-executions'
import { uuidV7 } from '../data/uuid-v7'
import { compileGraph } from '../graph/compile-graph'
import { parseGraph } from '../graph/parse-graph'
import { createRedactor } from '../outbound/redact'
import { useTestDatabase } from '../../test/database'

useTestDatabase()

const workflowId = randomUUID()
const queued: string[] = []
const queue = {
  enqueue: (ids: readonly string[]) => {
    queued.push(...ids)
    return Promise.resolve()
  },
}
let journal: Journal
let engine: Engine
let answer: (request: OutboundRequest) => Promise<OutboundResponse>

beforeAll(async () => {
  journal = openJournal(queue, (error) => {
    throw error
  })
  await pool().query(`INSERT INTO workflows (id, name, name_key) VALUES ($1, 'w', 'w')`, [workflowId])
})
afterAll(() => journal.close())
beforeEach(() => {
  answer = () => Promise.resolve(json({ ok: true }))
  engine = createEngine(dependencies(), uuidV7())
})

function dependencies(): EngineDependencies {
  return {
    journal,
    fetch: (request) => answer(request),
    runCode: () => Promise.reject(new Error('these graphs hold no code')),
    enqueue: queue.enqueue,
    platform: () => Promise.reject(new Error('these graphs call no platform')),
    agents: {
      runAgent: () => Promise.reject(new Error('these graphs ask no model')),
      runOrchestration: () => Promise.reject(new Error('these graphs ask no model')),
    },
    readSecrets: (names) => Promise.resolve(new Map(names.map((name) => [name, `value-of-${name}`]))),
    createRedactor,
    now: () => new Date(),
    newId: () => uuidV7(),
    random: Math.random,
  }
}

function json(body: unknown, status = 200): OutboundResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: new TextEncoder().encode(JSON.stringify(body)),
  }
}

function requestFor(graph: { blocks: object[]; edges?: object[] }, more: Partial<StartRequest> = {}): StartRequest {
  const { plan, issues } = compileGraph(parseGraph(graph, catalog), catalog)
  if (!plan) throw new Error(JSON.stringify(issues))
  return {
    workflowId,
    version: 1,
    plan,
    trigger: 'manual',
    triggerBlockId: null,
    input: {},
    variables: {},
    request: null,
    principal: { kind: 'session', userId: null, keyId: null, scopes: ['read', 'run'] },
    depth: 0,
    timeoutMs: 5_000,
    isAsync: false,
    resumes: false,
    originId: null,
    idempotency: null,
    spendsArm: false,
    ...more,
  }
}

async function run(graph: { blocks: object[]; edges?: object[] }, more: Partial<StartRequest> = {}) {
  const outcome = await engine.start(requestFor(graph, more))
  if (outcome.kind !== 'started') throw new Error(outcome.kind)
  return outcome.finished
}

/** starter -> call -> out, with the call's config. */
function calling(config: JsonObject, out: JsonObject = { output: '<call.output>' }) {
  return {
    blocks: [
      { id: 'start', type: 'starter' },
      { id: 'call', type: 'general_api', config: { url: 'https://api.example/x', ...config } },
      { id: 'out', type: 'response', config: out },
    ],
    edges: [
      { source: 'start', target: 'call' },
      { source: 'call', target: 'out' },
    ],
  }
}

function logOf(finished: FinishedExecution, blockId: string) {
  return finished.logs.find((log) => log.blockId === blockId)
}

const never = () => new Promise<never>(() => undefined)

describe('an execution', () => {
  it('that is told at its end is on disk before a block reaches out', async () => {
    const seen: (string | undefined)[] = []
    const statusOf = async (id: string | undefined) => (id ? (await readExecution(id))?.status : undefined)
    answer = async ({ headers }) => {
      const { rows } = await pool().query<{ id: string }>(`SELECT id FROM executions WHERE status = 'running'`)
      seen.push(await statusOf(rows[0]?.id), headers['Idempotency-Key'] ? 'with a key' : 'without a key')
      return json({ ok: true })
    }
    const { id } = await run(calling({ method: 'POST' }), { isToldAtEnd: true })
    expect(seen).toEqual(['running', 'with a key'])
    expect(await statusOf(id)).toBe('completed')
  })

  it('is recorded whole: result, logs, and blocks that were skipped with the reason', async () => {
    const graph = calling({})
    const finished = await run({ ...graph, blocks: [...graph.blocks, { id: 'lone', type: 'split' }] })
    expect(finished).toMatchObject({ status: 'completed', output: { ok: true }, error: null })
    const recorded = await readExecution(finished.id)
    expect(recorded).toMatchObject({ status: 'completed', output: { ok: true }, version: 1 })
    expect(recorded?.logs.map((log) => [log.blockId, log.status, log.executionOrder]).sort()).toEqual([
      ['call', 'success', 1],
      ['lone', 'skipped', null],
      ['out', 'success', 2],
      ['start', 'success', 0],
    ])
  })

  it('takes the first completed response block in the order of blocks as its output', async () => {
    const finished = await run({
      blocks: [
        { id: 'second', type: 'response', config: { output: 'second' } },
        { id: 'first', type: 'response', config: { output: 'first' } },
        { id: 'start', type: 'starter' },
      ],
      edges: [
        { source: 'start', target: 'first' },
        { source: 'start', target: 'second' },
      ],
    })
    expect(finished.output).toBe('second')
  })

  it('fails naming the block when nobody handles its failure', async () => {
    answer = () => Promise.reject(new Error('connection refused'))
    const finished = await run(calling({}))
    expect(finished).toMatchObject({ status: 'failed', failedBlock: 'call', output: null })
    expect(finished.error).toContain('call')
    expect(finished.error).toContain('connection refused')
    expect(logOf(finished, 'out')).toMatchObject({ status: 'skipped', skipReason: 'an earlier block failed' })
  })

  it('goes on with null and the error text when the block continues', async () => {
    answer = () => Promise.reject(new Error('connection refused'))
    const finished = await run(calling({ on_error: 'continue' }, { output: ['<call.output>', '<call.error>'] }))
    expect(finished.status).toBe('completed')
    expect(finished.output).toEqual([null, expect.stringContaining('connection refused')])
    expect(logOf(finished, 'call')).toMatchObject({ status: 'error' })
  })

  it('tries again as often as retry says, with one idempotency key', async () => {
    const keys: (string | undefined)[] = []
    answer = ({ headers }) => {
      keys.push(Object.entries(headers).find(([name]) => name.toLowerCase() === 'idempotency-key')?.[1])
      return keys.length < 3 ? Promise.reject(new Error('flaky')) : Promise.resolve(json('done'))
    }
    const finished = await run(calling({ method: 'post', retry: { max_attempts: 5, backoff_ms: 1, factor: 2 } }))
    expect(finished).toMatchObject({ status: 'completed', output: 'done' })
    expect(logOf(finished, 'call')).toMatchObject({ attempts: 3, status: 'success' })
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toBeTruthy()
  })

  it('fails a block that takes longer than its timeout_ms, even one that ignores its signal', async () => {
    answer = never
    const finished = await run(calling({ timeout_ms: 20 }))
    expect(finished.status).toBe('failed')
    expect(finished.error).toContain('timed out after 20 ms')
  })

  it('leaves timeout_ms to a code block, whose time counts from when it gets a worker', async () => {
    const runCode: EngineDependencies['runCode'] = async ({ timeoutMs }) => {
      await new Promise((resolve) => setTimeout(resolve, 5 * timeoutMs))
      return { output: timeoutMs, logs: [] }
    }
    engine = createEngine({ ...dependencies(), runCode }, uuidV7())
    const finished = await run({ blocks: [{ id: 'f', type: 'code', config: { code: 'output = 1', timeout_ms: 10 } }] })
    expect(finished.blockOutputs).toEqual({ f: { output: 10, logs: [] } })
  })

  it('is timed_out when it takes longer than it may', async () => {
    answer = never
    const finished = await run(calling({ on_error: 'continue' }), { timeoutMs: 30 })
    expect(finished).toMatchObject({ status: 'timed_out', error: 'Execution timed out after 0.03s' })
    expect((await readExecution(finished.id))?.status).toBe('timed_out')
  })

  it('stops its work when cancelled, and stays cancelled', async () => {
    let signal: AbortSignal | undefined
    const called = new Promise<void>((resolve) => {
      answer = (request) => {
        signal = request.signal
        resolve()
        return never()
      }
    })
    const outcome = await engine.start(requestFor(calling({ retry: { max_attempts: 10, backoff_ms: 60_000 } })))
    if (outcome.kind !== 'started') throw new Error(outcome.kind)
    await called
    expect(await engine.cancel(outcome.executionId)).toBe(true)
    expect(signal?.aborted).toBe(true)
    expect((await outcome.finished).status).toBe('cancelled')
    expect((await readExecution(outcome.executionId))?.status).toBe('cancelled')
  })
})

describe('what an execution stores', () => {
  it('attack 36: no secret, whatever the peer answers', async () => {
    let seen: OutboundRequest | undefined
    answer = (request) => {
      seen = request
      return Promise.resolve(json({ echo: request.headers, token: 'value-of-TOKEN' }))
    }
    const finished = await run(calling({ headers: { authorization: 'Bearer {{secrets.TOKEN}}' } }))
    expect(Object.values(seen?.headers ?? {})).toContain('Bearer value-of-TOKEN')
    expect(JSON.stringify([finished, await readExecution(finished.id)])).not.toContain('value-of-TOKEN')
    expect(finished.output).toMatchObject({ token: '[redacted]' })
  })

  it('keeps a value over 1 MiB whole, apart from its row', async () => {
    const big = 'x'.repeat(2 * 1024 * 1024)
    answer = () => Promise.resolve(json(big))
    const finished = await run(calling({}))
    const { rows } = await pool().query<{ output: string }>('SELECT output FROM executions WHERE id = $1', [
      finished.id,
    ])
    expect(rows[0]?.output.length).toBeLessThan(2_000)
    expect(await readWhole(rows[0]?.output ?? null)).toBe(big)
  })

  it('fails the block that would take it over its limit, and says so', async () => {
    const big = 'x'.repeat(9 * 1024 * 1024)
    answer = () => Promise.resolve(json(big))
    const blocks = [0, 1, 2, 3].map((i) => ({ id: `c${i}`, type: 'general_api', config: { url: 'https://a.example' } }))
    const edges = [0, 1, 2].map((i) => ({ source: `c${i}`, target: `c${i + 1}` }))
    const finished = await run({ blocks, edges })
    expect(finished).toMatchObject({ status: 'failed', failedBlock: 'c3' })
    expect(finished.error).toContain('bytes of stored data')
  })

  it('survives a config that refers to one large value a thousand times', async () => {
    answer = () => Promise.resolve(json('x'.repeat(4 * 1024 * 1024)))
    const finished = await run(calling({}, { output: Array.from({ length: 1_000 }, () => '<call.output>') }))
    expect(finished).toMatchObject({ status: 'failed', failedBlock: 'out' })
    expect(finished.error).toContain('bytes of stored data')
  })

  it('takes texts that Postgres cannot hold', async () => {
    answer = () => Promise.reject(new Error('bad \0 and \ud800'))
    const finished = await run(calling({}, { output: 'n\0ul' }))
    expect((await readExecution(finished.id))?.error).toContain('bad \ufffd and \ufffd')
  })
})

describe('starting', () => {
  it('records and queues what is to run later', async () => {
    const outcome = await engine.start(requestFor(calling({}), { isAsync: true }))
    if (outcome.kind !== 'queued') throw new Error(outcome.kind)
    expect(queued).toContain(outcome.executionId)
    expect((await readExecution(outcome.executionId))?.status).toBe('queued')
  })

  it('is refused when the workflow is gone, and counted when it is not', async () => {
    const gone = engine.start(requestFor(calling({}), { workflowId: randomUUID() }))
    await expect(gone).rejects.toMatchObject({ code: 'WORKFLOW_NOT_FOUND' })
    const count = async () =>
      (await pool().query<{ execution_count: number }>('SELECT execution_count FROM workflows')).rows[0]
        ?.execution_count
    const before = (await count()) ?? 0
    await run(calling({}))
    expect(await count()).toBe(before + 1)
  })

  it('lets one of two starts with the same key run', async () => {
    const idempotency = { scope: 'test', key: randomUUID() }
    const outcomes = await Promise.all([1, 2, 3].map(() => engine.start(requestFor(calling({}), { idempotency }))))
    const started = outcomes.flatMap((outcome) => (outcome.kind === 'started' ? [outcome.executionId] : []))
    const repeated = outcomes.flatMap((outcome) => (outcome.kind === 'duplicate' ? [outcome.executionId] : []))
    expect(started).toHaveLength(1)
    expect(repeated).toEqual([started[0], started[0]])
  })

  it('refuses to spend an arm window that is not open', async () => {
    expect(await engine.start(requestFor(calling({}), { spendsArm: true }))).toEqual({ kind: 'inactive' })
  })

  it('tells its events in order to whoever watches, from the place they ask for', async () => {
    const outcome = await engine.start(requestFor(calling({})))
    if (outcome.kind !== 'started') throw new Error(outcome.kind)
    const types: string[] = []
    for await (const { id, event } of engine.watch(outcome.executionId, 0) ?? []) types.push(`${id} ${event.type}`)
    expect(types).toEqual([
      '1 execution_start',
      '2 block_start',
      '3 block_complete',
      '4 block_start',
      '5 block_complete',
      '6 block_start',
      '7 block_complete',
      '8 done',
    ])
    const rest: number[] = []
    for await (const { id } of engine.watch(outcome.executionId, 6) ?? []) rest.push(id)
    expect(rest).toEqual([7, 8])
  })
})
