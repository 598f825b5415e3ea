import 'server-only'
import { createHash, randomInt } from 'node:crypto'
import type { Principal } from '../contract/principal'
import {
  firstRunAttemptsPerMinute,
  maxCachedPrincipals,
  principalCacheMs,
  signInAttemptsPerMinute,
  signInAttemptsPerMinutePerEmail,
} from '../limits'
import { createAttempts, type Attempts } from './attempts'
import { createExpiringCache, type ExpiringCache } from './expiring-cache'

/** What authentication keeps in memory for the process. */
export interface AuthState {
  /** SHA-256 of the automation key; null when none is set. */
  automationKeyHash: Buffer | null
  /** People reach this installation by https: cookies carry `Secure` and the `__Secure-` prefix. */
  isSecure: boolean
  /** What the person at the first run must type; null when the server listens on loopback only. */
  firstRunCode: string | null
  /** Rights by hash of the API key. */
  keys: ExpiringCache<{ principal: Principal; lastUsedMs: number }>
  /** Rights by user id, for sessions. */
  users: ExpiringCache<Principal>
  /** Failed sign-ins by e-mail and address, by e-mail alone, and wrong first-run codes by address. */
  signIns: Attempts
  signInsOfEmail: Attempts
  firstRuns: Attempts
}

// On globalThis because the process holds this module twice: in Next's bundle and in the server's.
const holder = globalThis as typeof globalThis & { sluiceAuth?: AuthState | undefined }

/** Sets authentication up; the server calls it once at start. `host` is what the server listens on.
 *  Returns the one-time code to print when there is no owner yet: null on loopback, where none is asked for. */
export function configureAuth(settings: {
  automationKey?: string | undefined
  baseUrl?: string | undefined
  host: string
}): { firstRunCode: string | null } {
  // A public address in front of a loopback one is a proxy: whoever comes through it is not on the machine.
  const hosts = [settings.host, ...(settings.baseUrl ? [new URL(settings.baseUrl).hostname] : [])]
  const firstRunCode = hosts.every(isLoopbackHost) ? null : newCode()
  holder.sluiceAuth = {
    automationKeyHash: settings.automationKey ? hashOfKey(settings.automationKey) : null,
    isSecure: settings.baseUrl?.startsWith('https:') ?? false,
    firstRunCode,
    keys: createExpiringCache(maxCachedPrincipals, principalCacheMs),
    users: createExpiringCache(maxCachedPrincipals, principalCacheMs),
    signIns: createAttempts(signInAttemptsPerMinute),
    signInsOfEmail: createAttempts(signInAttemptsPerMinutePerEmail),
    firstRuns: createAttempts(firstRunAttemptsPerMinute),
  }
  return { firstRunCode }
}

/** Authentication's state in this process. */
export function authState(): AuthState {
  if (!holder.sluiceAuth) throw new Error('configureAuth has not been called')
  return holder.sluiceAuth
}

/** How API keys are kept and looked up. They are long and random, so a fast hash is enough. */
export function hashOfKey(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest()
}

/** Tells whether a host name, without its port, is this machine's loopback. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '')
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
}

/** Ten characters nobody mistakes for another: 49 bits, behind a limit of attempts. */
function newCode(): string {
  const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
  const code = Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('')
  return `${code.slice(0, 5)}-${code.slice(5)}`
}
