import { describe, expect, it } from 'vitest'
import { catalog } from '../blocks/catalog'
import { configFields, isShown } from './config-fields'

function fieldsOf(type: string) {
  const definition = catalog.get(type)
  if (!definition) throw new Error(`no ${type}`)
  return configFields(definition)
}

describe('configFields', () => {
  it('gives the fields in the order of the schema, those every block has last', () => {
    const keys = fieldsOf('general_api').map(({ key }) => key)
    expect(keys).toEqual(['url', 'method', 'headers', 'params', 'body', 'timeout', 'on_error', 'retry', 'timeout_ms'])
  })

  it('leaves out what has no control, such as spellings of old', () => {
    expect(fieldsOf('agent').map(({ key }) => key)).not.toContain('prompt')
  })

  it('tells tables of rows from tables of names and values', () => {
    const rowKeysOf = (type: string, key: string) => fieldsOf(type).find((field) => field.key === key)?.rowKeys
    expect(rowKeysOf('condition', 'branches')).toEqual(['expression'])
    expect(rowKeysOf('general_api', 'headers')).toBeNull()
  })

  it('shows a field only where its config gives it a meaning', () => {
    const shown = (config: Parameters<typeof isShown>[1]) =>
      fieldsOf('starter')
        .filter((field) => isShown(field, config))
        .map(({ key }) => key)
    expect(shown({})).not.toContain('schedule_cron')
    expect(shown({ schedule_enabled: true, schedule_type: 'cron' })).toContain('schedule_cron')
    expect(shown({ schedule_enabled: true, schedule_type: 'cron' })).not.toContain('schedule_interval_value')
  })

  it.each([...catalog.keys()])('every field of %s has a title and a control', (type) => {
    for (const field of fieldsOf(type)) {
      expect(field.title).not.toBe('')
      if (field.control === 'select') expect(field.options?.length).toBeGreaterThan(0)
    }
  })
})
