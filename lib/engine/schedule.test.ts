import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runSchedule, type BlockOutcome } from './schedule'
import { catalog } from '../blocks/catalog'
import type { Edge, Graph } from '../contract/graph'
import { compileGraph } from '../graph/compile-graph'
import { entriesFor } from '../graph/entries'
import type { Plan } from '../graph/plan'

type Arrow = [source: string, target: string, sourceHandle?: string, condition?: string]

function planOf(blocks: Record<string, string>, arrows: Arrow[], disabled: string[] = []): Plan {
  const edges: Edge[] = arrows.map(([source, target, sourceHandle = 'output', condition], index) => ({
    id: `e${index}`,
    source,
    target,
    sourceHandle,
    targetHandle: 'input',
    condition: condition ?? null,
  }))
  const graph: Graph = {
    blocks: Object.entries(blocks).map(([id, type]) => ({
      id,
      type,
      name: '',
      position: { x: 0, y: 0 },
      config: type === 'condition' ? { branches: [{ expression: 'a' }, { expression: 'b' }] } : {},
      enabled: !disabled.includes(id),
    })),
    edges,
  }
  const { plan, issues } = compileGraph(graph, catalog)
  if (!plan) throw new Error(JSON.stringify(issues))
  return plan
}

interface Trace {
  events: string[]
  ran: string[]
  skipped: Record<string, string>
  failed: number | null
  mostAtOnce: number
}

/** Runs a plan; `outcomes` says how blocks end (completed with empty data when unsaid). */
async function run(
  plan: Plan,
  outcomes: Record<string, BlockOutcome> = {},
  options: { blocksAtOnce?: number; signal?: AbortSignal; onStart?: (id: string) => void } = {},
): Promise<Trace> {
  const trace: Trace = { events: [], ran: [], skipped: {}, failed: null, mostAtOnce: 0 }
  let running = 0
  trace.failed = await runSchedule(plan, {
    entries: entriesFor(plan, null),
    blocksAtOnce: options.blocksAtOnce ?? 16,
    signal: options.signal ?? new AbortController().signal,
    nowMs: () => 0,
    async run({ block }) {
      trace.events.push(`+${block.id}`)
      trace.ran.push(block.id)
      options.onStart?.(block.id)
      trace.mostAtOnce = Math.max(trace.mostAtOnce, ++running)
      await new Promise(setImmediate)
      running--
      trace.events.push(`-${block.id}`)
      return outcomes[block.id] ?? { kind: 'completed', data: {} }
    },
    skip({ block }, reason) {
      trace.skipped[block.id] = reason
    },
  })
  return trace
}

describe('the schedule', () => {
  it('runs both branches after a fan-out at the same time, before the join', async () => {
    const plan = planOf({ s: 'starter', a: 'split', b: 'split', j: 'split' }, [
      ['s', 'a'],
      ['s', 'b'],
      ['a', 'j'],
      ['b', 'j'],
    ])
    const trace = await run(plan)
    expect(trace.events).toEqual(['+s', '-s', '+a', '+b', '-a', '-b', '+j', '-j'])
  })

  it('runs a join once when only one of its branches is live', async () => {
    const plan = planOf({ s: 'starter', c: 'condition', a: 'split', b: 'split', j: 'split' }, [
      ['s', 'c'],
      ['c', 'a', 'if'],
      ['c', 'b', 'else'],
      ['a', 'j'],
      ['b', 'j'],
    ])
    const trace = await run(plan, { c: { kind: 'completed', data: { route: 'if' } } })
    expect(trace.ran).toEqual(['s', 'c', 'a', 'j'])
    expect(trace.skipped).toEqual({ b: 'no branch leading to it was taken' })
  })

  it('ends with the error of a block that could not be recorded, once the others have ended', async () => {
    const plan = planOf({ s: 'starter', a: 'split', b: 'split', after: 'split' }, [
      ['s', 'a'],
      ['s', 'b'],
      ['b', 'after'],
    ])
    const ended: string[] = []
    const schedule = runSchedule(plan, {
      entries: entriesFor(plan, null),
      blocksAtOnce: 16,
      signal: new AbortController().signal,
      nowMs: () => 0,
      async run({ block }) {
        if (block.id === 'a') throw new Error('the database is gone')
        await new Promise(setImmediate)
        ended.push(block.id)
        return { kind: 'completed', data: {} }
      },
      skip: ({ block }) => ended.push(`skipped ${block.id}`),
    })
    await expect(schedule).rejects.toThrow('the database is gone')
    expect(ended).toEqual(['s', 'b'])
  })

  it('skips what follows a disabled block, and what no entry reaches', async () => {
    const plan = planOf(
      { s: 'starter', d: 'split', e: 'split', lone: 'split' },
      [
        ['s', 'd'],
        ['d', 'e'],
      ],
      ['d'],
    )
    const trace = await run(plan)
    expect(trace.ran).toEqual(['s'])
    expect(trace.skipped).toEqual({
      d: 'the block is disabled',
      e: 'every block before it was skipped',
      lone: 'this execution does not enter through it',
    })
  })

  it('lets started blocks finish after a failure nobody handles, and starts nothing new', async () => {
    const plan = planOf({ s: 'starter', bad: 'split', slow: 'split', after: 'split' }, [
      ['s', 'bad'],
      ['s', 'slow'],
      ['slow', 'after'],
    ])
    const trace = await run(plan, { bad: { kind: 'failed' } })
    expect(trace.ran).toEqual(['s', 'bad', 'slow'])
    expect(trace.events).toContain('-slow')
    expect(trace.skipped).toEqual({ after: 'an earlier block failed' })
    expect(trace.failed).toBe(1)
  })

  it('follows only the error edge of a handled failure, and every edge when it continues', async () => {
    const plan = planOf({ s: 'starter', bad: 'split', next: 'split', rescue: 'split' }, [
      ['s', 'bad'],
      ['bad', 'next'],
      ['bad', 'rescue', 'error'],
    ])
    const data = { output: null, error: 'broken' }
    expect((await run(plan, { bad: { kind: 'handled', data, continues: false } })).ran).toEqual(['s', 'bad', 'rescue'])
    expect((await run(plan, { bad: { kind: 'handled', data, continues: true } })).ran).toEqual([
      's',
      'bad',
      'next',
      'rescue',
    ])
    expect((await run(plan)).ran).toEqual(['s', 'bad', 'next'])
  })

  it('starts nothing after an abort', async () => {
    const controller = new AbortController()
    const plan = planOf({ s: 'starter', a: 'split', b: 'split' }, [
      ['s', 'a'],
      ['a', 'b'],
    ])
    const onStart = (id: string) => {
      if (id === 'a') controller.abort()
    }
    const trace = await run(plan, {}, { signal: controller.signal, onStart })
    expect(trace.ran).toEqual(['s', 'a'])
    expect(trace.skipped).toEqual({ b: 'the execution was stopped before it' })
  })

  it('keeps no more blocks running than allowed', async () => {
    const blocks: Record<string, string> = { s: 'starter' }
    const arrows: Arrow[] = []
    for (let i = 0; i < 40; i++) {
      blocks[`b${i}`] = 'split'
      arrows.push(['s', `b${i}`])
    }
    const trace = await run(planOf(blocks, arrows), {}, { blocksAtOnce: 16 })
    expect(trace.mostAtOnce).toBe(16)
    expect(trace.ran).toHaveLength(41)
  })

  it('skips a chain of 1,900 blocks without exhausting the stack', async () => {
    const blocks: Record<string, string> = { s: 'starter', d: 'split' }
    const arrows: Arrow[] = [['s', 'd']]
    for (let i = 0; i < 1_900; i++) {
      blocks[`b${i}`] = 'split'
      arrows.push([i === 0 ? 'd' : `b${i - 1}`, `b${i}`])
    }
    const trace = await run(planOf(blocks, arrows, ['d']))
    expect(Object.keys(trace.skipped)).toHaveLength(1_901)
  })

  it('agrees with a naive reference on random graphs', async () => {
    await fc.assert(
      fc.asyncProperty(randomGraph, async ({ size, arrows, disabled, routes, failing }) => {
        const ids = Array.from({ length: size }, (_, i) => `b${i}`)
        const types = Object.fromEntries(
          ids.map((id, i) => [id, i === 0 ? 'starter' : i % 3 === 2 ? 'condition' : 'split']),
        )
        const plan = planOf(
          types,
          arrows.map(
            ([from, to, handle]) =>
              [`b${from}`, `b${to}`, types[`b${from}`] === 'condition' ? handle : 'output'] as Arrow,
          ),
          disabled.map((i) => `b${i}`),
        )
        const outcomes: Record<string, BlockOutcome> = {}
        ids.forEach((id, i) => {
          if (failing.includes(i)) outcomes[id] = { kind: 'handled', data: {}, continues: i % 2 === 0 }
          else outcomes[id] = { kind: 'completed', data: { route: routes[i] ?? 'else' } }
        })
        const trace = await run(plan, outcomes)
        expect(trace.ran.sort()).toEqual(naivelyRun(plan, outcomes).sort())
        expect(trace.ran.length + Object.keys(trace.skipped).length).toBe(size)
      }),
      { numRuns: 200 },
    )
  })
})

const maxSize = 12
const randomGraph = fc
  .record({
    size: fc.integer({ min: 2, max: maxSize }),
    arrows: fc.array(
      fc.tuple(fc.nat(maxSize - 1), fc.nat(maxSize - 1), fc.constantFrom('if', 'elif_1', 'else', 'error')),
      { maxLength: 30 },
    ),
    disabled: fc.uniqueArray(fc.nat(maxSize - 1), { maxLength: 2 }),
    routes: fc.array(fc.constantFrom('if', 'elif_1', 'else'), { minLength: maxSize, maxLength: maxSize }),
    failing: fc.uniqueArray(fc.nat(maxSize - 1), { maxLength: 2 }),
  })
  .map((graph) => ({
    ...graph,
    // Edges lead from lower to higher numbers only, so there is no cycle.
    arrows: graph.arrows
      .map(([a, b, handle]) => [Math.min(a, b) % graph.size, Math.max(a, b) % graph.size, handle] as const)
      .filter(([a, b]) => a < b),
  }))

/** Blocks of the random graphs stand in topological order, so one pass decides them all. */
function naivelyRun(plan: Plan, outcomes: Record<string, BlockOutcome>): string[] {
  const ran = new Set<number>()
  for (const { index, block, definition, incoming } of plan.blocks) {
    const isEntry = definition.capabilities.trigger !== undefined
    const isLive = incoming.some((edge) => {
      const outcome = outcomes[plan.blocks[edge.source]?.block.id ?? '']
      if (!ran.has(edge.source) || !outcome) return false
      if (outcome.kind === 'handled') return outcome.continues || edge.on.kind === 'error'
      if (outcome.kind !== 'completed' || edge.on.kind === 'error') return false
      return edge.on.kind === 'always' || edge.on.route === outcome.data['route']
    })
    if (block.enabled && (isEntry || isLive)) ran.add(index)
  }
  return [...ran].map((index) => plan.blocks[index]?.block.id ?? '')
}
