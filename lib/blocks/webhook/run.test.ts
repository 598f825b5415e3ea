import { expect, it } from 'vitest'
import { fakeContext } from '../testing'
import { webhook } from './definition'
import { run } from './run'

const config = webhook.config.parse({ webhook_id: 'x', webhook_secret: 'never shown' })

it('hands on the payload and what is known of the request', () => {
  const request = { method: 'POST', headers: { 'x-a': '1' }, query: {} }
  expect(run(config, fakeContext({ input: { z: 9 }, request }))).toEqual({ output: { z: 9 }, request })
})

it('has no request when another way led in', () => {
  expect(run(config, fakeContext({ input: { z: 9 } }))).toEqual({ output: { z: 9 } })
})
