import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { iconNames } from 'lucide-react/dynamic'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { catalog } from './catalog'
import type { BlockDefinition } from './contract'
import { definitions } from './definitions'
import { runnerOf } from './runner-of'

const folders = readdirSync(fileURLToPath(new URL('.', import.meta.url)), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
const entries = Object.entries<BlockDefinition>(definitions)
const controls = ['text', 'textarea', 'code', 'json', 'number', 'select', 'switch', 'table']

it('lists every block folder, and nothing else', () => {
  expect(entries.map(([type]) => type.replaceAll('_', '-')).sort()).toEqual(folders.sort())
})

it('knows the ten canonical types and the two aliases', () => {
  expect([...catalog.keys()].sort()).toEqual(
    [
      ...['starter', 'webhook', 'agent', 'orchestration', 'code', 'condition', 'general_api', 'platform_api'],
      ...['response', 'split', 'function', 'api_call'],
    ].sort(),
  )
  expect(catalog.get('function')).toBe(definitions.code)
  expect(catalog.get('api_call')).toBe(definitions.general_api)
})

describe.each(entries)('%s', (type, definition) => {
  it('has its own type, a title, a description and an icon', () => {
    expect(definition.type).toBe(type)
    expect(definition.title).not.toBe('')
    expect(definition.description).not.toBe('')
    expect(iconNames).toContain(definition.icon)
  })

  it('accepts its defaults and an empty config, and keeps keys it does not know', () => {
    for (const config of [definition.defaults, {}, { ...definition.defaults, unknown_key: { kept: true } }])
      expect(definition.config.parse(config)).toEqual(config)
  })

  it('has a config that survives JSON', () => {
    expect(JSON.parse(JSON.stringify(definition.defaults))).toEqual(definition.defaults)
    expect(JSON.parse(JSON.stringify(definition.config.parse(definition.defaults)))).toEqual(definition.defaults)
  })

  it('has unique output handles, error not among them', () => {
    const ids = definition.outputs(definition.defaults).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).not.toContain('error')
    expect(ids.length).toBeGreaterThan(0)
  })

  it('sums itself up for its defaults, for an empty config and for one of wrong types', () => {
    const wrong = Object.fromEntries(Object.keys(fieldsOf(definition)).map((key) => [key, [{ wrong: true }]]))
    for (const config of [definition.defaults, {}, wrong]) {
      expect(definition.summary(config).trim()).not.toBe('')
      expect(definition.summary(config)).not.toMatch(/undefined|\[object/)
      definition.outputs(config)
      definition.check(config)
    }
  })

  it('binds, guards and shows only fields it has', () => {
    const fields = fieldsOf(definition)
    for (const key of [...definition.boundFields, ...definition.expressionFields, ...definition.secretFields])
      expect(Object.keys(fields)).toContain(key)
    for (const meta of Object.values(fields).map((field) => field.meta())) {
      if (meta) expect(controls).toContain(meta['control'])
    }
  })

  it('has output fields for the pickers and a runner', () => {
    expect(definition.outputFields[0]?.path).toBe('output')
    expect(runnerOf(type)).toBeTypeOf('function')
  })
})

it('refuses wrong JSON types where a block needs a certain one', () => {
  const wrong: [keyof typeof definitions, object][] = [
    ['code', { code: 42 }],
    ['code', { timeout_ms: {} }],
    ['condition', { branches: 'not a list' }],
    ['condition', { branches: ['a > 1'] }],
    ['condition', { branches: [{ expression: {} }] }],
    ['general_api', { url: 7 }],
    ['general_api', { timeout: 'soon' }],
    ['general_api', { headers: 3 }],
    ['platform_api', { resource: [] }],
    ['agent', { tools: 1 }],
    ['response', { headers: true }],
    ['split', { on_error: 1 }],
    ['split', { retry: 'often' }],
  ]
  for (const [type, config] of wrong) expect(definitions[type].config.safeParse(config).success, type).toBe(false)
})

function fieldsOf(definition: BlockDefinition): Record<string, z.ZodType> {
  if (!(definition.config instanceof z.ZodObject)) throw new Error(`${definition.type} has no fields`)
  // The shape of an object schema holds schemas.
  return definition.config.shape
}
