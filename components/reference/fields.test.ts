import { expect, it } from 'vitest'
import { fieldsOf, typeOf } from './fields'

it('lists the fields of a body, inner ones after what holds them', () => {
  const point = { type: 'object', properties: { x: { type: 'number' } }, required: ['x'] }
  const schema = {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 2000 },
      at: { anyOf: [point, { type: 'null' }] },
      path: { type: 'array', items: point, maxItems: 10 },
      kind: { enum: ['a', 'b'], default: 'a' },
    },
    required: ['name'],
  }
  expect(fieldsOf(schema)).toEqual([
    { path: 'name', type: 'text', isRequired: true, rules: 'not empty, 2,000 characters at most' },
    { path: 'at', type: 'object or null', isRequired: false, rules: '' },
    { path: 'at.x', type: 'number', isRequired: true, rules: '' },
    { path: 'path', type: 'list of object', isRequired: false, rules: '10 at most' },
    { path: 'path[].x', type: 'number', isRequired: true, rules: '' },
    { path: 'kind', type: '"a" or "b"', isRequired: false, rules: 'default "a"' },
  ])
})

it.each([
  [{}, 'any JSON'],
  [{ type: 'integer' }, 'whole number'],
  [{ type: ['string', 'null'] }, 'text or null'],
  [{ const: 'same' }, '"same"'],
  [{ type: 'array' }, 'list'],
])('says %j as %s', (schema, said) => expect(typeOf(schema)).toBe(said))
