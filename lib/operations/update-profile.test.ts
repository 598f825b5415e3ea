import { beforeEach, describe, expect, it } from 'vitest'
import { callOf } from '../../test/call'
import { useTestDatabase } from '../../test/database'
import { updateProfileBody } from '../contract/profile'
import type { Principal } from '../contract/principal'
import { pool } from '../data/database'
import { insertUser } from '../data/users'
import { uuidV7 } from '../data/uuid-v7'
import { readProfile } from './read-profile'
import { updateProfile } from './update-profile'

useTestDatabase()
const userId = uuidV7()
const person: Principal = { kind: 'session', userId, keyId: null, scopes: ['read'] }

beforeEach(async () => {
  await pool().query('DELETE FROM users')
  await insertUser({ id: userId, email: 'ada@example.com', name: 'Ada', role: 'viewer', passwordHash: 'x' })
})

const update = (name: string, principal = person) =>
  updateProfile({ ...callOf({ body: updateProfileBody.parse({ name }) }), query: {}, principal })
const nameNow = async () => (await readProfile({ ...callOf(), params: {}, query: {}, principal: person })).name

describe('the name of a person', () => {
  it.each([
    [' Ada Lovelace ', 'Ada Lovelace'],
    ['  ', ''],
  ])('%j is kept as %j', async (given, kept) => {
    await update(given)
    expect(await nameNow()).toBe(kept)
  })

  it('is the person’s own: no key changes it', async () => {
    const key: Principal = { kind: 'api_key', userId, keyId: uuidV7(), scopes: ['read', 'run', 'write', 'admin'] }
    await expect(update('Eve', key)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await nameNow()).toBe('Ada')
  })
})
