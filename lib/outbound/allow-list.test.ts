import { describe, expect, it } from 'vitest'
import { createAllowList, describeAllowed } from './allow-list'

describe('SLUICE_ALLOW_PRIVATE_HOSTS', () => {
  it.each([
    ['127.0.0.1', 'localhost', '127.0.0.1', 8080, true],
    ['127.0.0.1', 'localhost', '127.0.0.2', 80, false],
    ['127.0.0.1:8080', 'x', '127.0.0.1', 8080, true],
    ['127.0.0.1:8080', 'x', '127.0.0.1', 8081, false],
    ['10.0.0.0/8', 'x', '10.200.0.1', 80, true],
    ['10.0.0.0/8', 'x', '11.0.0.1', 80, false],
    ['10.0.0.0/8:443', 'x', '10.0.0.1', 443, true],
    ['10.0.0.0/8:443', 'x', '10.0.0.1', 80, false],
    ['::1', 'x', '::1', 80, true],
    ['[::1]:9000', 'x', '::1', 9000, true],
    ['[::1]:9000', 'x', '::1', 80, false],
    ['fd00::/8', 'x', 'fd12::1', 80, true],
    ['127.0.0.1', 'x', '::ffff:127.0.0.1', 80, true],
    ['Ollama.Internal', 'ollama.internal', '10.0.0.1', 11434, true],
    ['ollama.internal', 'ollama.internal.', '10.0.0.1', 80, true],
    ['ollama.internal:11434', 'ollama.internal', '10.0.0.1', 80, false],
    ['ollama.internal', 'evil.ollama.internal', '10.0.0.1', 80, false],
    ['localhost', 'x', '127.0.0.1', 80, false],
  ])('with %s, %s at %s on port %i is allowed: %s', (entry, hostname, address, port, isAllowed) => {
    expect(createAllowList([entry]).allows(hostname, address, port)).toBe(isAllowed)
  })

  it('is empty by default', () => {
    expect(createAllowList([]).allows('localhost', '127.0.0.1', 80)).toBe(false)
  })

  it.each([['http://localhost'], ['10.0.0.0/33'], ['999.1.1.1'], ['a b'], ['*'], ['']])(
    'refuses %j by name',
    (entry) => {
      expect(() => createAllowList([entry])).toThrow(`SLUICE_ALLOW_PRIVATE_HOSTS: "${entry}"`)
    },
  )
})

it('says of each entry what it stands for', () => {
  expect(describeAllowed([' erp.internal:8443', '10.0.0.0/8', '[fd00::1]:80'])).toEqual([
    { entry: 'erp.internal:8443', kind: 'name', port: 8443 },
    { entry: '10.0.0.0/8', kind: 'network', port: null },
    { entry: '[fd00::1]:80', kind: 'network', port: 80 },
  ])
})
