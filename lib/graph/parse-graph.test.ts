import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testCatalog } from './catalog.fixture'
import { parseGraph, type ParseIssue } from './parse-graph'
import { AppError } from '../contract/errors'
import { maxBlocks, maxEdges } from '../limits'

const parse = (body: unknown) => parseGraph(body, testCatalog)

function refusalOf(body: unknown): { message: string; paths: string[] } {
  try {
    parse(body)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    expect(error.code).toBe('VALIDATION_ERROR')
    // parseGraph puts nothing else there.
    return { message: error.message, paths: (error.details['issues'] as ParseIssue[]).map(({ path }) => path) }
  }
  throw new Error('The body was accepted')
}

const block = { id: 'a', type: 'split' }

describe('a graph body', () => {
  it('gets its defaults, with exactly the documented keys in order', () => {
    const graph = parse({ blocks: [block, { id: 'b', type: 'function' }], edges: [{ source: 'a', target: 'b' }] })
    expect(Object.keys(graph.blocks[0] ?? {})).toEqual(['id', 'type', 'name', 'position', 'config', 'enabled'])
    expect(graph.blocks[0]).toEqual({ ...block, name: '', position: { x: 0, y: 0 }, config: {}, enabled: true })
    expect(Object.keys(graph.edges[0] ?? {})).toEqual([
      'id',
      'source',
      'target',
      'sourceHandle',
      'targetHandle',
      'condition',
    ])
    expect(graph.edges[0]).toMatchObject({ sourceHandle: 'output', targetHandle: 'input', condition: null })
    expect(graph.edges[0]?.id).toMatch(/^[0-9a-f-]{36}$/)
    expect(graph.baseVersion).toBeUndefined()
  })

  it('keeps types as sent, order as sent and configs untouched', () => {
    const config = { z: 1, a: { b: [null, '<x.y>'] }, unknown: true }
    const sent = { id: 'x', type: 'api_call', name: 'N', position: { x: 1.5, y: -2 }, config, enabled: false }
    const edges = [
      { id: 'e2', source: 'x', target: 'a', sourceHandle: 'if', targetHandle: 'in', condition: 'if' },
      { id: 'e1', source: 'a', target: 'x', sourceHandle: null, targetHandle: null, condition: null },
    ]
    const graph = parse({ blocks: [sent, block], edges, base_version: 3 })
    expect(graph.blocks[0]).toEqual(sent)
    expect(graph.blocks[0]?.config).toBe(config)
    expect(graph.edges.map(({ id }) => id)).toEqual(['e2', 'e1'])
    expect(graph.edges[1]).toMatchObject({ sourceHandle: 'output', targetHandle: 'input' })
    expect(graph.baseVersion).toBe(3)
  })

  it('may leave out edges, hold extra keys, and say null where there is a default', () => {
    const nulls = { name: null, position: null, config: null, enabled: null, extra: 1 }
    const graph = parse({ blocks: [{ ...block, ...nulls }], edges: null, base_version: null, more: 1 })
    expect(graph).toEqual({
      blocks: [{ ...block, name: '', position: { x: 0, y: 0 }, config: {}, enabled: true }],
      edges: [],
      baseVersion: undefined,
    })
  })

  it.each(['nope', '', 'Starter', 'constructor', '__proto__', ' split'])(
    'with the type %j is refused by that name',
    (type) => {
      const { message, paths } = refusalOf({ blocks: [block, { id: 'b', type }] })
      expect(message).toBe(`Unknown block type: ${type}`)
      expect(paths).toEqual(['blocks.1.type'])
    },
  )

  it('names an unknown type before anything else that is wrong', () => {
    const broken = { blocks: [{ type: 5 }, { id: 7, config: 'x' }, { type: 'nope' }], edges: [{}] }
    expect(refusalOf(broken).message).toBe('Unknown block type: nope')
  })

  it.each<[string, unknown, string]>([
    ['nothing', undefined, ''],
    ['a list', [], ''],
    ['no blocks', {}, 'blocks'],
    ['blocks that are no list', { blocks: {} }, 'blocks'],
    ['a block that is no object', { blocks: ['a'] }, 'blocks.0'],
    ['a block without id', { blocks: [{ type: 'split' }] }, 'blocks.0.id'],
    ['a block with an empty id', { blocks: [{ ...block, id: '' }] }, 'blocks.0.id'],
    ['a block id that is a number', { blocks: [{ ...block, id: 1 }] }, 'blocks.0.id'],
    ['a block id of 256 characters', { blocks: [{ ...block, id: 'x'.repeat(256) }] }, 'blocks.0.id'],
    ['a block id with NUL', { blocks: [{ ...block, id: 'a\0' }] }, 'blocks.0.id'],
    ['a block id with half a surrogate pair', { blocks: [{ ...block, id: 'a\ud800' }] }, 'blocks.0.id'],
    ['a block name with NUL', { blocks: [{ ...block, name: 'a\0' }] }, 'blocks.0.name'],
    ['a block without type', { blocks: [{ id: 'a' }] }, 'blocks.0.type'],
    ['a block type that is null', { blocks: [{ id: 'a', type: null }] }, 'blocks.0.type'],
    ['a name that is a number', { blocks: [{ ...block, name: 1 }] }, 'blocks.0.name'],
    ['a config that is a list', { blocks: [{ ...block, config: [] }] }, 'blocks.0.config'],
    ['a position of texts', { blocks: [{ ...block, position: { x: '1', y: 2 } }] }, 'blocks.0.position.x'],
    ['an enabled that is text', { blocks: [{ ...block, enabled: 'true' }] }, 'blocks.0.enabled'],
    ['edges that are no list', { blocks: [block], edges: {} }, 'edges'],
    ['an edge without source', { blocks: [block], edges: [{ target: 'a' }] }, 'edges.0.source'],
    ['an edge without target', { blocks: [block], edges: [{ source: 'a' }] }, 'edges.0.target'],
    ['an edge from nowhere', { blocks: [block], edges: [{ source: 'z', target: 'a' }] }, 'edges.0.source'],
    ['an edge to nowhere', { blocks: [block], edges: [{ source: 'a', target: 'z' }] }, 'edges.0.target'],
    [
      'a condition that is a truth value',
      { blocks: [block], edges: [{ source: 'a', target: 'a', condition: true }] },
      'edges.0.condition',
    ],
    ['a duplicate block id', { blocks: [block, block] }, 'blocks.1.id'],
    [
      'a duplicate edge id',
      {
        blocks: [block],
        edges: [
          { id: 'e', source: 'a', target: 'a' },
          { id: 'e', source: 'a', target: 'a' },
        ],
      },
      'edges.1.id',
    ],
    ['a base version that is text', { blocks: [], base_version: '1' }, 'base_version'],
    ['too many blocks', { blocks: Array.from({ length: maxBlocks + 1 }, () => ({})) }, 'blocks'],
    ['too many edges', { blocks: [block], edges: Array.from({ length: maxEdges + 1 }, () => ({})) }, 'edges'],
  ])('with %s is refused', (_title, body, path) => {
    expect(refusalOf(body).paths).toContain(path)
  })

  it('may hold as many blocks and edges as the limits say', () => {
    const blocks = Array.from({ length: maxBlocks }, (_, index) => ({ id: `b${index}`, type: 'split' }))
    const edges = Array.from({ length: maxEdges }, (_, index) => ({
      source: 'b0',
      target: `b${(index % (maxBlocks - 1)) + 1}`,
    }))
    expect(parse({ blocks, edges }).edges).toHaveLength(maxEdges)
  })

  it('attack 13: ids such as __proto__ are ordinary ids', () => {
    const ids = ['__proto__', 'constructor', 'toString']
    const blocks = ids.map((id) => ({ id, type: 'split' }))
    expect(
      parse({ blocks, edges: [{ source: '__proto__', target: 'constructor' }] }).blocks.map(({ id }) => id),
    ).toEqual(ids)
  })

  it('of any JSON is accepted or refused with VALIDATION_ERROR', () => {
    const id = fc.constantFrom('a', 'b', '', 'x'.repeat(300))
    const type = fc.constantFrom('split', 'nope', 'starter', '')
    const someBlock = fc.record(
      { id: fc.oneof(id, fc.jsonValue()), type: fc.oneof(type, fc.jsonValue()), config: fc.jsonValue() },
      { requiredKeys: [] },
    )
    const someEdge = fc.record(
      { source: id, target: id, condition: fc.jsonValue(), sourceHandle: fc.jsonValue() },
      { requiredKeys: [] },
    )
    const body = fc.oneof(
      fc.jsonValue(),
      fc.record({
        blocks: fc.oneof(fc.array(someBlock), fc.jsonValue()),
        edges: fc.oneof(fc.array(someEdge), fc.jsonValue()),
      }),
    )
    fc.assert(
      fc.property(body, (value) => {
        try {
          parse(value)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
      { numRuns: 500 },
    )
  })
})
