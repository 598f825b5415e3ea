import 'server-only'
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const formatVersion = 1
const nonceBytes = 12
const tagBytes = 16

// On globalThis, next to the pool, because the process holds this module twice: in Next's bundle and in the server's.
const holder = globalThis as typeof globalThis & { sluiceKeys?: { master: Buffer; data: Buffer } | undefined }

/** Makes `key` (32 bytes) the installation's key for this process. `loadEncryptionKey` does it at start. */
export function useEncryptionKey(key: Buffer): void {
  holder.sluiceKeys = { master: key, data: derive(key, 'data') }
}

/** Encrypts a text under the installation's key. The bytes are: format version (1), nonce (12), ciphertext, tag (16).
 *  Source: NIST SP 800-38D (AES-256-GCM, 96-bit random nonce). */
export function encrypt(text: string): Buffer<ArrayBuffer> {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keys().data, nonce)
  return Buffer.concat([
    Buffer.of(formatVersion),
    nonce,
    cipher.update(text, 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ])
}

/** Reads what `encrypt` made. @throws when the bytes were changed or written under another key. */
export function decrypt(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer[0] !== formatVersion || buffer.length < 1 + nonceBytes + tagBytes)
    throw new Error('An encrypted value has an unknown format')
  const decipher = createDecipheriv('aes-256-gcm', keys().data, buffer.subarray(1, 1 + nonceBytes))
  decipher.setAuthTag(buffer.subarray(-tagBytes))
  const text = decipher.update(buffer.subarray(1 + nonceBytes, -tagBytes))
  return Buffer.concat([text, decipher.final()]).toString('utf8')
}

/** A key of 32 bytes for one purpose; knowing it tells nothing of the installation's key or of other purposes. */
export function deriveKey(purpose: string): Buffer {
  return derive(keys().master, purpose)
}

function derive(master: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `sluice ${purpose}`, 32))
}

function keys(): { master: Buffer; data: Buffer } {
  if (!holder.sluiceKeys) throw new Error('loadEncryptionKey has not been called')
  return holder.sluiceKeys
}
