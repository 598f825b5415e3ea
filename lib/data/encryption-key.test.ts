import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useTestDatabase } from '../../test/database'
import { pool } from './database'
import { decrypt, encrypt } from './encryption'
import { loadEncryptionKey } from './encryption-key'

useTestDatabase()

let dataDir = ''
const file = () => path.join(dataDir, 'encryption.key')
const load = (SLUICE_ENCRYPTION_KEY?: string) => loadEncryptionKey({ env: { SLUICE_ENCRYPTION_KEY }, dataDir })

beforeEach(async () => {
  await pool().query('DELETE FROM installation')
  dataDir = await mkdtemp(path.join(tmpdir(), 'sluice-key-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

describe('the encryption key in the data folder', () => {
  it('is made for a new database, for nobody else to read, and found again', async () => {
    await load()
    const bytes = encrypt('secret')
    expect((await stat(file())).mode & 0o777).toBe(0o600)
    await load()
    expect(decrypt(bytes)).toBe('secret')
  })

  it('is the same for two processes that start at once, and no draft of it is left', async () => {
    await Promise.all([load(), load(), load()])
    expect(await readdir(dataDir)).toEqual(['encryption.key'])
  })

  it('attack 43: when lost, nothing starts and no other is made', async () => {
    await load()
    await rm(file())
    await expect(load()).rejects.toThrow(/^The encryption key is lost: .*Restore the file.*SLUICE_ENCRYPTION_KEY/)
    await expect(readFile(file())).rejects.toThrow('ENOENT')
  })

  it('attack 43: when another one’s, nothing starts', async () => {
    await load()
    await writeFile(file(), randomBytes(32).toString('base64'))
    await expect(load()).rejects.toThrow('is not the key this database was written with')
  })

  it('attack 43: when damaged, nothing starts', async () => {
    await load()
    await writeFile(file(), 'half of a ke')
    await expect(load()).rejects.toThrow('does not hold an encryption key')
  })
})

describe('SLUICE_ENCRYPTION_KEY', () => {
  const bytes = randomBytes(32)

  it.each([
    ['hex', bytes.toString('hex')],
    ['hex in capitals', bytes.toString('hex').toUpperCase()],
    ['base64url', bytes.toString('base64url')],
    ['base64 without padding', bytes.toString('base64').replace('=', '')],
  ])('takes the same 32 bytes as base64 and as %s', async (_form, text) => {
    await load(bytes.toString('base64'))
    const written = encrypt('secret')
    await load(text)
    expect(decrypt(written)).toBe('secret')
  })

  it('takes a passphrase, and writes no key file', async () => {
    await load('correct horse battery staple')
    await load('correct horse battery staple')
    expect(await readdir(dataDir)).toEqual([])
  })

  it('must be long enough', async () => {
    await expect(load('too short')).rejects.toThrow('at least 16 characters')
  })

  it('attack 43: when another one, nothing starts', async () => {
    await load('correct horse battery staple')
    await expect(load('correct horse battery stable')).rejects.toThrow('SLUICE_ENCRYPTION_KEY is not the key')
    await load('correct horse battery staple')
  })

  it('attack 43: when it is gone, no key file takes its place', async () => {
    await load('correct horse battery staple')
    await expect(load()).rejects.toThrow('The encryption key is lost')
  })
})
