import { describe, expect, it } from 'vitest'
import { graphOf, testCatalog } from './catalog.fixture'
import { compileGraph } from './compile-graph'
import { entriesFor } from './entries'
import { ancestorsOf, secretsUsedBy, upstreamOf, visibleBlock, type Plan, type PlanEdge } from './plan'
import { resolveConfig } from './resolve-config'
import type { Graph } from '../contract/graph'

const compile = (graph: Graph) => compileGraph(graph, testCatalog)

function planOf(graph: Graph): Plan {
  const { plan, issues } = compile(graph)
  if (!plan) throw new Error(JSON.stringify(issues))
  return plan
}

function block(plan: Plan, id: string) {
  const found = plan.blocks[plan.indexOfId.get(id) ?? -1]
  if (!found) throw new Error(`no block ${id}`)
  return found
}

const issuesOf = (graph: Graph) =>
  compile(graph).issues.map(({ code, severity, block: id, path }) => [code, severity, id, path])
const start = ['s', 'starter'] as const

describe('compiling a graph', () => {
  it('finds definitions by alias and keeps the type as it was sent', () => {
    const { type, block: saved } = block(planOf(graphOf([['f', 'function']])), 'f')
    expect([type, saved.type]).toEqual(['code', 'function'])
  })

  it('has no issues with a sound graph', () => {
    const branches = [{ expression: '<s.output.x> == 1' }]
    const graph = graphOf(
      [start, ['c', 'condition', { branches }], ['a', 'split', { input: '<s.output>' }], ['b', 'response']],
      [
        ['s', 'c'],
        ['c', 'a', 'if', 'if'],
        ['c', 'b', 'else'],
        ['a', 'b'],
        ['a', 'b', 'error'],
      ],
    )
    expect(compile(graph).issues).toEqual([])
  })

  it.each<[string, Graph, (string | null)[][]]>([
    [
      'a cycle',
      graphOf(
        [start, ['a', 'split'], ['b', 'split']],
        [
          ['s', 'a'],
          ['a', 'b'],
          ['b', 'a'],
        ],
      ),
      [['cycle', 'error', 'a', '']],
    ],
    [
      'a self loop',
      graphOf(
        [start, ['a', 'split']],
        [
          ['s', 'a'],
          ['a', 'a'],
        ],
      ),
      [['self_loop', 'error', 'a', 'edges.1']],
    ],
    [
      'a wrong JSON type',
      graphOf([['g', 'general_api', { url: 5 }]]),
      [
        ['config_type', 'error', 'g', 'config.url'],
        ['config_missing', 'warning', 'g', 'config.url'],
      ],
    ],
    ['an unknown type', graphOf([['x', 'gone']]), [['config_type', 'error', 'x', 'type']]],
    [
      'an invalid schedule',
      graphOf([['s', 'starter', { schedule_enabled: true, schedule_cron: 'x' }]]),
      [['schedule_invalid', 'error', 's', 'config.schedule_cron']],
    ],
    ['missing config', graphOf([['g', 'general_api']]), [['config_missing', 'warning', 'g', 'config.url']]],
    [
      'an unreached block',
      graphOf([start, ['a', 'split'], ['b', 'split']], [['a', 'b']]),
      [
        ['unreachable', 'warning', 'a', ''],
        ['unreachable', 'warning', 'b', ''],
      ],
    ],
    [
      'what lies behind a disabled block',
      graphOf(
        [start, ['a', 'split', {}, { enabled: false }], ['b', 'split']],
        [
          ['s', 'a'],
          ['a', 'b'],
        ],
      ),
      [['unreachable', 'warning', 'b', '']],
    ],
    [
      'a reference to nothing',
      graphOf([start, ['a', 'split', { input: 'x <ghost.output> <ghost.x>' }]], [['s', 'a']]),
      [['reference_unknown', 'warning', 'a', 'config.input']],
    ],
    [
      'a reference to a block beside',
      graphOf(
        [start, ['a', 'split'], ['b', 'split', { input: ['<a.output>'] }]],
        [
          ['s', 'a'],
          ['s', 'b'],
        ],
      ),
      [['reference_unknown', 'warning', 'b', 'config.input']],
    ],
    [
      'a reference to itself',
      graphOf([start, ['a', 'split', { input: '<a.output>' }]], [['s', 'a']]),
      [['reference_unknown', 'warning', 'a', 'config.input']],
    ],
    [
      'a mapping from nothing',
      graphOf([start, ['a', 'split', { _inputMappings: [{ sourceId: 'ghost', targetField: 'input' }] }]], [['s', 'a']]),
      [['reference_unknown', 'warning', 'a', 'config._inputMappings.0.sourceId']],
    ],
    [
      'an expression that refers to nothing',
      graphOf(
        [
          start,
          [
            'c',
            'condition',
            { branches: [{ expression: '1 <s.output.x and <ghost.x> > 2' }, { expression: '<ghost.y> +' }] },
          ],
        ],
        [['s', 'c']],
      ),
      [['reference_unknown', 'warning', 'c', 'config.branches']],
    ],
    [
      'an edge for a branch that is not there',
      graphOf(
        [start, ['c', 'condition'], ['a', 'split']],
        [
          ['s', 'c'],
          ['c', 'a', 'elif_7'],
          ['c', 'a', 'if', 'maybe'],
        ],
      ),
      [
        ['edge_condition', 'warning', 'c', 'edges.1'],
        ['edge_condition', 'warning', 'c', 'edges.2'],
      ],
    ],
    [
      'a condition on an edge of a block without branches',
      graphOf([start, ['a', 'split']], [['s', 'a', 'output', 'if']]),
      [['edge_condition', 'warning', 's', 'edges.0']],
    ],
    [
      'a handle that is not there',
      graphOf([start, ['a', 'split']], [['s', 'a', 'left']]),
      [['edge_condition', 'warning', 's', 'edges.0']],
    ],
  ])('reports %s', (_title, graph, expected) => {
    expect(issuesOf(graph)).toEqual(expected)
    expect(compile(graph).plan === null).toBe(expected.some(([, severity]) => severity === 'error'))
  })

  it.each<[string, Graph]>([
    ['code that looks like a reference', graphOf([['f', 'code', { code: 'a = "<ghost.output>"' }]])],
    [
      'a field that is not in the output of a block before',
      graphOf([start, ['a', 'split', { input: '<s.nope>' }]], [['s', 'a']]),
    ],
    [
      'text for a number that may still become one',
      graphOf([start, ['g', 'general_api', { url: '', timeout: '<s.output.t>' }]], [['s', 'g']]),
    ],
    ['braces for a number', graphOf([['g', 'general_api', { url: '', timeout: '{{variables.t}}' }]])],
    ['a schedule that is off', graphOf([['s', 'starter', { schedule_enabled: false, schedule_cron: 'x' }]])],
    [
      'digits and error as handles',
      graphOf(
        [start, ['a', 'split'], ['b', 'split']],
        [
          ['s', 'a', '0'],
          ['a', 'b', 'error'],
        ],
      ),
    ],
    ['a blank condition', graphOf([start, ['a', 'split']], [['s', 'a', 'output', '']])],
    [
      'comparison signs that are no reference',
      graphOf([start, ['c', 'condition', { branches: [{ expression: 'a <b.c and d> 1' }] }]], [['s', 'c']]),
    ],
  ])('has nothing against %s', (_title, graph) => {
    expect(compile(graph).issues).toEqual([])
  })

  it('names the block and the remedy in every message', () => {
    const graph = graphOf(
      [start, ['a', 'split', { input: '<b.output>' }, { name: 'First' }], ['b', 'split']],
      [['s', 'a']],
    )
    expect(compile(graph).issues.map(({ message }) => message)).toEqual([
      'Block First (a) refers to b, which does not run before it; connect b to it, directly or through other blocks',
      'Block b is never reached; connect it to a starter or webhook block',
    ])
  })

  it('names the disabled block that others are behind, and no other remedy', () => {
    const off = { name: 'Switched off', enabled: false }
    const graph = graphOf(
      [start, ['a', 'split', {}, off], ['b', 'split'], ['c', 'split', {}, { enabled: false }], ['d', 'split']],
      [
        ['s', 'a'],
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'd'],
      ],
    )
    const behind = 'behind Block Switched off (a), which is disabled; enable that or lead a way around it'
    expect(compile(graph).issues.map(({ message }) => message)).toEqual(
      ['b', 'c', 'd'].map((id) => `Block ${id} is never reached: it is ${behind}`),
    )
  })

  it('shows each cycle once, in the order of its edges', () => {
    const graph = graphOf(
      [start, ['a', 'split'], ['b', 'split'], ['c', 'split'], ['x', 'split'], ['y', 'split']],
      [
        ['s', 'a'],
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
        ['c', 'x'],
        ['x', 'y'],
        ['y', 'x'],
      ],
    )
    expect(compile(graph).issues.map(({ message }) => message)).toEqual([
      expect.stringContaining('Block a → Block b → Block c → Block a;'),
      expect.stringContaining('Block x → Block y → Block x;'),
    ])
  })
})

describe('edges', () => {
  const on = (type: string, handle?: string, condition?: string): PlanEdge['on'] | undefined =>
    planOf(
      graphOf(
        [
          ['a', type],
          ['b', 'split'],
        ],
        [['a', 'b', handle, condition]],
      ),
    ).blocks[0]?.outgoing[0]?.on

  it.each<[string, string, string | undefined, string | undefined, PlanEdge['on']]>([
    ['follow any completion without a condition', 'split', 'output', undefined, { kind: 'always' }],
    ['take digits as no condition', 'split', '3', undefined, { kind: 'always' }],
    ['of other blocks take if as no condition', 'split', 'if', undefined, { kind: 'always' }],
    ['of a condition follow their handle', 'condition', 'elif_2', undefined, { kind: 'route', route: 'elif_2' }],
    ['of a condition take output as no condition', 'condition', 'output', undefined, { kind: 'always' }],
    ['follow their condition before their handle', 'condition', 'else', 'if', { kind: 'route', route: 'if' }],
    ['of any block compare a condition with its route', 'split', 'output', 'x', { kind: 'route', route: 'x' }],
    ['from error follow a failure', 'condition', 'error', undefined, { kind: 'error' }],
  ])('%s', (_title, type, handle, condition, expected) => {
    expect(on(type, handle, condition)).toEqual(expected)
  })
})

describe('entries', () => {
  const graph = graphOf([
    ['s', 'starter'],
    ['h', 'webhook'],
    ['h2', 'webhook'],
    ['a', 'split'],
  ])
  const ids = (g: Graph, webhook: string | null) =>
    [...entriesFor(planOf(g), webhook)].map((index) => g.blocks[index]?.id)

  it('are all triggers when a person runs the graph', () => {
    expect(ids(graph, null)).toEqual(['s', 'h', 'h2'])
  })

  it('are the called webhook and the starters when a webhook is called', () => {
    expect(ids(graph, 'h2')).toEqual(['s', 'h2'])
  })

  it('are the blocks without incoming edges when there is no trigger', () => {
    expect(
      ids(
        graphOf(
          [
            ['a', 'split'],
            ['b', 'split'],
            ['c', 'split'],
          ],
          [['a', 'b']],
        ),
        null,
      ),
    ).toEqual(['a', 'c'])
  })
})

describe('what a block sees', () => {
  const graph = graphOf(
    [
      ['s', 'starter', {}, { name: 'twin' }],
      ['twin', 'split', {}, { name: 'other' }],
      ['x', 'split', {}, { name: 'twin' }],
      ['y', 'split', {}, { name: 'last' }],
      ['z', 'split', {}, { name: 'last' }],
      ['beside', 'split'],
    ],
    [
      ['s', 'x'],
      ['s', 'twin'],
      ['x', 'y'],
      ['twin', 'y'],
      ['x', 'y'],
      ['y', 'z'],
      ['s', 'beside'],
    ],
  )
  const plan = planOf(graph)
  const sees = (from: string, name: string) => {
    const index = visibleBlock(plan, block(plan, from), name)
    return index === undefined ? undefined : graph.blocks[index]?.id
  }

  it('is its ancestors and its direct upstream, in graph order', () => {
    expect(ancestorsOf(plan, block(plan, 'y'))).toEqual([0, 1, 2])
    expect(upstreamOf(plan, block(plan, 'y'))).toEqual([1, 2])
    expect(ancestorsOf(plan, block(plan, 's'))).toEqual([])
  })

  it('is found by id before name, and of equal names the first ancestor', () => {
    expect(sees('y', 'twin')).toBe('twin')
    expect(sees('x', 'twin')).toBe('s')
    expect(sees('z', 'last')).toBe('y')
    expect(sees('y', 'last')).toBeUndefined()
    expect(sees('beside', 'x')).toBeUndefined()
    expect(sees('y', '')).toBeUndefined()
    expect([sees('y', 'other'), sees('y', 'other')]).toEqual(['twin', 'twin'])
  })
})

describe('a config', () => {
  const scope = { block: () => ({ output: 'v' }), variables: {}, secret: () => 'hush' }

  it('has its references resolved, and secrets only in fields that leave the process', () => {
    const config = { url: '<s.output>/{{secrets.K}}', note: '{{secrets.K}}' }
    const plan = planOf(graphOf([start, ['g', 'general_api', config]], [['s', 'g']]))
    expect(resolveConfig(block(plan, 'g'), scope)).toEqual({ url: 'v/hush', note: '{{secrets.K}}' })
    expect(secretsUsedBy(plan)).toEqual(['K'])
  })

  it('binds instead of resolving where its definition says so', () => {
    const config = {
      code: '<s.output>',
      branches: '<s.output>',
      _inputMappings: [{ sourceId: 's', targetField: 'code' }],
    }
    const plan = planOf(graphOf([start, ['f', 'code', config]], [['s', 'f']]))
    expect(resolveConfig(block(plan, 'f'), scope)).toEqual({ ...config, branches: 'v' })
  })

  it('is the saved object itself where nothing changes', () => {
    const plan = planOf(graphOf([['a', 'split', { input: 'plain', _inputMappings: [] }]]))
    expect(resolveConfig(block(plan, 'a'), scope)).toBe(plan.blocks[0]?.block.config)
  })

  it('reads the secrets of disabled blocks never', () => {
    const plan = planOf(graphOf([['g', 'general_api', { url: '{{secrets.K}}' }, { enabled: false }]]))
    expect(secretsUsedBy(plan)).toEqual([])
  })
})

describe('the largest graph', () => {
  it('is compiled without recursion, a chain of its blocks too', () => {
    const blocks = Array.from({ length: 2_000 }, (_, i) => [`b${i}`, i === 0 ? 'starter' : 'split'] as const)
    const chain = blocks.slice(1).map(([id], i) => [`b${i}`, id] as const)
    const plan = planOf(graphOf(blocks, chain))
    expect(ancestorsOf(plan, block(plan, 'b1999'))).toHaveLength(1_999)
    expect(issuesOf(graphOf(blocks, [...chain, ['b1999', 'b0']]))).toEqual([['cycle', 'error', 'b0', '']])
  })
})
