import 'server-only'
import { randomBytes, randomUUID, scryptSync } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { minPassphraseChars } from '../limits'
import { deriveKey, useEncryptionKey } from './encryption'
import { readKeyCheck, recordKeyCheck } from './installation'

const keyBytes = 32

/** Finds the installation's key, proves that it is the one the database was written with, and makes it the process's
 *  own. The key is `SLUICE_ENCRYPTION_KEY`, else the file `encryption.key` in the data folder, which is made only for a
 *  new database. Call it after the migrations.
 *  @throws Error with one line that names the remedy when the key is lost, wrong or malformed. */
export async function loadEncryptionKey(source: {
  env: { SLUICE_ENCRYPTION_KEY?: string | undefined }
  dataDir: string
}): Promise<void> {
  const configured = source.env.SLUICE_ENCRYPTION_KEY
  const file = path.join(source.dataDir, 'encryption.key')
  const known = await readKeyCheck()
  const key = configured ? parseConfiguredKey(configured) : await readOrMakeKeyFile(file, known === null)
  useEncryptionKey(key)
  const check = deriveKey('key check').toString('base64url')
  if ((known ?? (await recordKeyCheck(check))) === check) return
  throw new Error(
    configured
      ? 'SLUICE_ENCRYPTION_KEY is not the key this database was written with: set the key it was first started with.'
      : `${file} is not the key this database was written with: restore the file from your backup or set SLUICE_ENCRYPTION_KEY.`,
  )
}

/** 32 bytes as hex or base64 are taken as they are; any other text is a passphrase. The salt is fixed because the text
 *  alone must give the same key on every machine that shares the database. */
function parseConfiguredKey(text: string): Buffer {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) {
    const bytes = Buffer.from(text, 'base64')
    if (bytes.length === keyBytes) return bytes
  }
  if ([...text].length < minPassphraseChars) {
    throw new Error(
      `SLUICE_ENCRYPTION_KEY must be 32 bytes as hex or base64, or a passphrase of at least ${minPassphraseChars} characters.`,
    )
  }
  return scryptSync(text.normalize('NFKC'), 'sluice encryption key', keyBytes, { N: 2 ** 15, maxmem: 64 * 1024 * 1024 })
}

async function readOrMakeKeyFile(file: string, isNewDatabase: boolean): Promise<Buffer> {
  const kept = await readKeyFile(file)
  if (kept) return kept
  if (!isNewDatabase) {
    throw new Error(
      `The encryption key is lost: this database was written with a key that is no longer in ${file}. Restore the file from your backup or set SLUICE_ENCRYPTION_KEY.`,
    )
  }
  await makeKeyFile(file)
  const made = await readKeyFile(file)
  if (!made) throw new Error(`The encryption key could not be written to ${file}.`)
  return made
}

async function readKeyFile(file: string): Promise<Buffer | null> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw new Error(`The encryption key in ${file} cannot be read: make the file readable for this user.`, {
      cause: error,
    })
  }
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length === keyBytes) return key
  throw new Error(`${file} does not hold an encryption key: restore it from your backup or set SLUICE_ENCRYPTION_KEY.`)
}

/** Written whole under another name first, then linked: of two processes starting at once both read the same key, and
 *  a crash leaves no half of one. */
async function makeKeyFile(file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomUUID()}`
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(`${randomBytes(keyBytes).toString('base64')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    await link(draft, file)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
