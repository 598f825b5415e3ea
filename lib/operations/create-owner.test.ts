import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { callOf } from '../../test/call'
import { useTestDatabase } from '../../test/database'
import { configureAuth } from '../auth/auth-state'
import { ensureOwnerFromEnv } from '../auth/owner-from-env'
import { isPasswordRight } from '../auth/passwords'
import type { CreateOwnerBody } from '../contract/settings'
import { pool } from '../data/database'
import { useEncryptionKey } from '../data/encryption'
import { findUserByEmail, ownerExists } from '../data/users'
import { firstRunAttemptsPerMinute } from '../limits'
import { createOwner } from './create-owner'

useTestDatabase()
const owner = { email: 'Ada@Example.com', password: 'correct horse', name: 'Ada' }

beforeEach(async () => {
  useEncryptionKey(randomBytes(32))
  await pool().query('DELETE FROM users')
})

const create = (more: Partial<CreateOwnerBody> = {}, headers: Record<string, string> = {}) =>
  createOwner(callOf<object, object, CreateOwnerBody>({ body: { ...owner, ...more }, headers }))

describe('the first run', () => {
  it('creates the owner, whose password is kept as an argon2id hash only', async () => {
    configureAuth({ host: '127.0.0.1' })
    await create()
    const found = await findUserByEmail('ada@example.com')
    expect(found?.user).toMatchObject({ email: 'ada@example.com', name: 'Ada', role: 'owner' })
    expect(found?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await isPasswordRight(owner.password, found?.passwordHash ?? null)).toBe(true)
    expect(await isPasswordRight('another', found?.passwordHash ?? null)).toBe(false)
  })

  it('is over once there is a user; of several at once one wins', async () => {
    configureAuth({ host: '127.0.0.1' })
    const results = await Promise.allSettled([1, 2, 3, 4].map((n) => create({ email: `ada${n}@example.com` })))
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    await expect(create()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect((await pool().query('SELECT FROM users')).rowCount).toBe(1)
  })

  it('asks for the code the server printed when it does not listen on loopback', async () => {
    const { firstRunCode } = configureAuth({ host: '0.0.0.0' })
    expect(firstRunCode).toMatch(/^[A-Z2-9]{5}-[A-Z2-9]{5}$/)
    await expect(create()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(create({ code: 'AAAAA-AAAAA' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await create({ code: ` ${firstRunCode?.toLowerCase()} ` })
    expect(await ownerExists()).toBe(true)
  })

  it('asks for the code when people come through a proxy', () => {
    expect(configureAuth({ host: '127.0.0.1', baseUrl: 'https://sluice.example' }).firstRunCode).not.toBeNull()
    expect(configureAuth({ host: '127.0.0.1', baseUrl: 'http://localhost:3000' }).firstRunCode).toBeNull()
    expect(configureAuth({ host: '::1' }).firstRunCode).toBeNull()
  })

  it('stops guessing of the code', async () => {
    const { firstRunCode } = configureAuth({ host: '0.0.0.0' })
    for (let i = 0; i < firstRunAttemptsPerMinute; i++)
      await expect(create({ code: `wrong ${i}` })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(create({ code: firstRunCode ?? '' })).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  })

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    // Its own name pointed at 127.0.0.1 makes a page same-origin with us; its name gives it away.
    [{ host: 'evil.example:3000', origin: 'http://evil.example:3000' }],
  ])('attack 34: is not for another site’s page: %j', async (headers) => {
    configureAuth({ host: '127.0.0.1' })
    await expect(create({}, headers)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await ownerExists()).toBe(false)
  })
})

describe('an owner from the environment', () => {
  const env = { SLUICE_OWNER_EMAIL: owner.email, SLUICE_OWNER_PASSWORD: owner.password }

  it('is created once', async () => {
    expect(await ensureOwnerFromEnv(env)).toBe(true)
    expect(await ensureOwnerFromEnv({ ...env, SLUICE_OWNER_EMAIL: 'other@example.com' })).toBe(false)
    expect(await findUserByEmail('other@example.com')).toBeNull()
  })

  it('is not needed', async () => {
    expect(await ensureOwnerFromEnv({})).toBe(false)
  })

  it.each([
    [{ SLUICE_OWNER_EMAIL: owner.email }, 'together'],
    [{ ...env, SLUICE_OWNER_EMAIL: 'nobody' }, 'SLUICE_OWNER_EMAIL'],
    [{ ...env, SLUICE_OWNER_PASSWORD: 'short' }, 'SLUICE_OWNER_PASSWORD'],
  ])('must be usable: %j', async (given, message) => {
    await expect(ensureOwnerFromEnv(given)).rejects.toThrow(message)
  })
})
