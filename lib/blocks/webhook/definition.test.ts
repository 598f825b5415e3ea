import { expect, it } from 'vitest'
import { webhook } from './definition'

const paths = (config: Parameters<typeof webhook.check>[0]) =>
  webhook.check(config).map(({ code, severity, path }) => [code, severity, path])

it('warns of an id that is no UUID and of a missing secret, whatever their type', () => {
  const both = [
    ['webhook_credentials', 'warning', 'config.webhook_id'],
    ['webhook_credentials', 'warning', 'config.webhook_secret'],
  ]
  for (const secret of [undefined, '', ' ', null, 5, {}])
    expect(paths({ webhook_id: '{7b0e}', ...(secret === undefined ? {} : { webhook_secret: secret }) })).toEqual(both)
})

it('accepts a UUID in any letter case and any text as secret', () => {
  expect(paths({ webhook_id: '0B1C2D3E-4F50-4617-8829-3a4b5c6d7e8f', webhook_secret: 's' })).toEqual([])
})

it('accepts credentials of a wrong type: the door refuses them, the graph still runs', () => {
  expect(webhook.config.safeParse({ webhook_id: 5, webhook_secret: { a: 1 } }).success).toBe(true)
})
