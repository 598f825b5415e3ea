import 'server-only'
import { roleSchema, type Role } from '../contract/principal'
import { pool, transaction } from './database'

/** A person who can sign in. */
export interface User {
  id: string
  email: string
  name: string
  role: Role
  /** Sessions made in an earlier one have ended. */
  sessionEpoch: number
}

interface UserRow {
  id: string
  email: string
  name: string
  role: string
  session_epoch: number
}

const columns = 'id, email, name, role, session_epoch'

/** Tells whether the installation has an owner. Until then it offers the first run. */
export async function ownerExists(): Promise<boolean> {
  return (await firstOwnerId()) !== null
}

/** Id of the owner who was there first; null while there is none. */
export async function firstOwnerId(): Promise<string | null> {
  const { rows } = await pool().query<{ id: string }>(
    "SELECT id FROM users WHERE role = 'owner' ORDER BY created_at, id LIMIT 1",
  )
  return rows[0]?.id ?? null
}

/** Finds a user by id. */
export async function findUser(id: string): Promise<User | null> {
  const { rows } = await pool().query<UserRow>(`SELECT ${columns} FROM users WHERE id = $1`, [id])
  return rows[0] ? toUser(rows[0]) : null
}

/** Finds a user by e-mail address, letter case ignored, with the argon2id hash of the password. */
export async function findUserByEmail(email: string): Promise<{ user: User; passwordHash: string } | null> {
  const { rows } = await pool().query<UserRow & { password_hash: string }>(
    `SELECT ${columns}, password_hash FROM users WHERE email = $1`,
    [emailKey(email)],
  )
  return rows[0] ? { user: toUser(rows[0]), passwordHash: rows[0].password_hash } : null
}

/** Creates the first user as owner. Returns null when there is a user already: of several calls at once one wins. */
export async function insertFirstOwner(owner: {
  id: string
  email: string
  name: string
  passwordHash: string
}): Promise<User | null> {
  return transaction(async (client) => {
    await client.query('LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE')
    const { rows } = await client.query<UserRow>(
      `INSERT INTO users (id, email, name, password_hash, role)
       SELECT $1::uuid, $2, $3, $4, 'owner'::"Role" WHERE NOT EXISTS (SELECT FROM users)
       RETURNING ${columns}`,
      [owner.id, emailKey(owner.email), owner.name, owner.passwordHash],
    )
    return rows[0] ? toUser(rows[0]) : null
  })
}

/** Creates a user. @throws when the address is taken. */
export async function insertUser(user: Omit<User, 'sessionEpoch'> & { passwordHash: string }): Promise<void> {
  await pool().query('INSERT INTO users (id, email, name, password_hash, role) VALUES ($1, $2, $3, $4, $5)', [
    user.id,
    emailKey(user.email),
    user.name,
    user.passwordHash,
    user.role,
  ])
}

/** Gives a user another name. Returns whether there is such a user. */
export async function renameUser(id: string, name: string): Promise<boolean> {
  const { rowCount } = await pool().query('UPDATE users SET name = $2 WHERE id = $1', [id, name])
  return rowCount === 1
}

/** Gives a user another password and begins a new epoch of sessions. Returns the user as it is from now on; null when
 *  there is none. */
export async function replacePassword(id: string, passwordHash: string): Promise<User | null> {
  const { rows } = await pool().query<UserRow>(
    `UPDATE users SET password_hash = $2, session_epoch = session_epoch + 1 WHERE id = $1 RETURNING ${columns}`,
    [id, passwordHash],
  )
  return rows[0] ? toUser(rows[0]) : null
}

function emailKey(email: string): string {
  return email.trim().toLowerCase()
}

function toUser(row: UserRow): User {
  const { id, email, name, role, session_epoch: sessionEpoch } = row
  return { id, email, name, role: roleSchema.parse(role), sessionEpoch }
}
