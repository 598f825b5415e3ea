import { expect, it } from 'vitest'
import { databaseFailureOf } from './database-failure'

const withCode = (code: string, message = 'x') => Object.assign(new Error(message), { code })

it.each([
  ['a refused connection', withCode('ECONNREFUSED'), 'unreachable'],
  ['all addresses refused', new AggregateError([withCode('ECONNREFUSED')]), 'unreachable'],
  ['a server that shuts down', withCode('57P01'), 'unreachable'],
  ['a full disk', withCode('53100'), 'unreachable'],
  ['an ORM that cannot connect', new Error('x', { cause: withCode('P1001') }), 'unreachable'],
  ['a connection lost in a query', new Error('Connection terminated unexpectedly'), 'unreachable'],
  ['a full pool', new Error('timeout exceeded when trying to connect'), 'unreachable'],
  ['NUL in a text', new Error('x', { cause: withCode('22021') }), 'refused_text'],
  ['a lone surrogate in JSON', withCode('22P05'), 'refused_text'],
  ['a broken rule of the schema', withCode('23505'), null],
  ['a bug', new TypeError('x is not a function'), null],
  ['no error', 'thrown text', null],
])('attack 41: %s is told apart', (_what, error, failure) => {
  expect(databaseFailureOf(error)).toBe(failure)
})
