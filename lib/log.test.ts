import { expect, it } from 'vitest'
import { describeError, loggablePath } from './log'

it('a logged error says what happened and nothing of what hangs on it', () => {
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
  const error = Object.assign(new Error('no answer', { cause }), { client: { password: 'hunter2' } })
  const described = describeError(error)
  expect(described).toMatchObject({ type: 'Error', message: 'no answer', cause: { code: 'ECONNREFUSED' } })
  expect(JSON.stringify(described)).not.toContain('hunter2')
})

it('a copy of an error, as the queue hands them on, says as much', () => {
  const error = { message: 'the database is starting up', code: '57P03', stack: 'at …', queue: 'executions' }
  expect(describeError(error)).toEqual({ message: 'the database is starting up', code: '57P03', stack: 'at …' })
  expect(describeError('gone')).toEqual({ message: 'gone' })
})

it('attack 11: a logged URL has no query', () => {
  expect(loggablePath('http://host:1/api/webhooks/x?token=s3cret')).toBe('/api/webhooks/x')
})
