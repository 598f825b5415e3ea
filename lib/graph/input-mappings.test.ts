import { describe, expect, it } from 'vitest'
import { applyMappings, readMappings } from './input-mappings'
import type { Json, JsonObject } from '../contract/json'

const data: Record<string, JsonObject> = {
  start: { output: { msg: 'hello', other: 'there', a: [1], b: [2], nil: null, deep: { x: 1 } }, status_code: 200 },
}
const scope = { block: (id: string) => (Object.hasOwn(data, id) ? data[id] : undefined), variables: {} }

function fill(config: JsonObject, ...mappings: Json[]): JsonObject {
  const saved = { ...config, _inputMappings: mappings }
  const { _inputMappings, ...filled } = applyMappings(readMappings(saved, ['bound']), saved, scope)
  return filled
}

describe('input mappings', () => {
  it.each<[string, JsonObject, (string | undefined)[][], JsonObject]>([
    ['a dotted path', {}, [['start', 'output.msg', 'input']], { input: 'hello' }],
    [
      'the output where no field is named',
      {},
      [['start', undefined, 'input']],
      { input: data['start']?.['output'] ?? null },
    ],
    ['another top-level field', {}, [['start', 'status_code', 'input']], { input: 200 }],
    ['a path retried below output', {}, [['start', 'deep.x', 'input']], { input: 1 }],
    [
      'a field that holds null or ""',
      { a: null, b: '' },
      [
        ['start', 'msg', 'a'],
        ['start', 'msg', 'b'],
      ],
      { a: 'hello', b: 'hello' },
    ],
    [
      'texts for one field joined by a line break',
      {},
      [
        ['start', 'msg', 'input'],
        ['start', 'other', 'input'],
      ],
      { input: 'hello\nthere' },
    ],
    [
      'the last of other values for one field',
      {},
      [
        ['start', 'a', 'input'],
        ['start', 'b', 'input'],
      ],
      { input: [2] },
    ],
    [
      'the last where only one is text',
      {},
      [
        ['start', 'msg', 'input'],
        ['start', 'b', 'input'],
      ],
      { input: [2] },
    ],
  ])('fill %s', (_title, config, mappings, expected) => {
    const entries = mappings.map(([sourceId = '', outputField, targetField = '']): JsonObject => ({
      sourceId,
      targetField,
      ...(outputField === undefined ? {} : { outputField }),
    }))
    expect(fill(config, ...entries)).toEqual(expected)
  })

  it.each<[string, JsonObject, Json]>([
    ['an unknown source', { input: '' }, { sourceId: 'ghost', targetField: 'input' }],
    ['a missing path', { input: '' }, { sourceId: 'start', outputField: 'output.zz', targetField: 'input' }],
    ['a null', { input: '' }, { sourceId: 'start', outputField: 'output.nil', targetField: 'input' }],
    ['a filled target', { input: 0 }, { sourceId: 'start', targetField: 'input' }],
    ['code', {}, { sourceId: 'start', targetField: 'code' }],
    ['expression', {}, { sourceId: 'start', targetField: 'expression' }],
    ['branches', {}, { sourceId: 'start', targetField: 'branches' }],
    ['a field that binds', {}, { sourceId: 'start', targetField: 'bound' }],
    ['an entry without a target', {}, { sourceId: 'start' }],
    ['an entry of another type', {}, 'junk'],
    [
      'attack 20: a path through the prototype',
      {},
      { sourceId: 'start', outputField: 'constructor.name', targetField: 'input' },
    ],
  ])('pass over %s', (_title, config, mapping) => {
    expect(fill(config, mapping)).toEqual(config)
  })

  it('hand back the config itself when nothing was filled', () => {
    const config = { input: 'mine' }
    expect(applyMappings([], config, scope)).toBe(config)
  })

  it('attack 13: a target called __proto__ is an ordinary field', () => {
    const filled = fill({}, { sourceId: 'start', outputField: 'deep', targetField: '__proto__' })
    expect(Object.getPrototypeOf(filled)).toBe(Object.prototype)
    expect(filled['x']).toBeUndefined()
  })
})
