import pg from 'pg'
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

async function failureOf(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  return client.connect().then(
    () => null,
    (error: unknown) => error,
  )
}

it.each([
  ['nobody listens on its port', 'postgres://127.0.0.1:9/none'],
  ['its Unix socket is not there', 'postgres://localhost/none?host=/nowhere'],
  ['its host is unknown', 'postgres://nowhere.invalid/none'],
])('attack 41: a database is out of reach when %s', async (_why, url) => {
  expect(databaseFailureOf(await failureOf(url))).toBe('unreachable')
})

it('a missing file is no sign of a missing database', () => {
  const missing = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT', syscall: 'open' })
  expect(databaseFailureOf(new Error('could not read', { cause: missing }))).toBeNull()
})
