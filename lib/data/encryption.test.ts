import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { decrypt, deriveKey, encrypt, useEncryptionKey } from './encryption'

const key = randomBytes(32)
beforeEach(() => useEncryptionKey(key))

describe('encryption under the installation’s key', () => {
  it.each([[''], ['secret'], ['ü 日 \0 "'], ['x'.repeat(100_000)]])('gives back the text it was given', (text) => {
    expect(decrypt(encrypt(text))).toBe(text)
  })

  it('never writes the same bytes twice, nor the text', () => {
    const [first, second] = [encrypt('a secret text'), encrypt('a secret text')]
    expect(first.equals(second)).toBe(false)
    expect(first.includes('secret')).toBe(false)
  })

  it('refuses bytes that were changed anywhere', () => {
    const bytes = encrypt('secret')
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes)
      changed[i] = (changed[i] ?? 0) ^ 1
      expect(() => decrypt(changed)).toThrow()
    }
    expect(() => decrypt(bytes.subarray(0, 20))).toThrow('unknown format')
  })

  it('attack 43: refuses bytes written under another key', () => {
    const bytes = encrypt('secret')
    useEncryptionKey(randomBytes(32))
    expect(() => decrypt(bytes)).toThrow()
  })

  it('derives another key for each purpose, always the same', () => {
    expect(deriveKey('session')).toEqual(deriveKey('session'))
    expect(deriveKey('session')).not.toEqual(deriveKey('key check'))
    expect(deriveKey('session')).toHaveLength(32)
  })
})
