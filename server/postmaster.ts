import 'server-only'
import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { postgresStopTimeoutMs } from '../lib/limits'
import { StartError } from './start-error'

const pollMs = 20

/** What a cluster's `postmaster.pid` says; null when there is none. */
export function readPostmaster(clusterDir: string): { pid: number; isReady: boolean } | null {
  try {
    const lines = readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    return Number.isInteger(pid) && pid > 0 ? { pid, isReady: lines[7]?.trim() === 'ready' } : null
  } catch {
    return null
  }
}

/** Makes way for a new postmaster. One whose Sluice has died is stopped (it may have other settings, and nobody would
 *  stop it later); one whose Sluice lives is left alone; the file of a dead one is removed, because its number may by
 *  now be another process's, which Postgres would take for a running server.
 *  @throws StartError when another Sluice uses the cluster. */
export async function clearPostmaster(clusterDir: string, ownerPid: number | null): Promise<void> {
  const postmaster = readPostmaster(clusterDir)
  if (!postmaster) return
  if (!isPostmasterOf(postmaster.pid, clusterDir)) {
    rmSync(join(clusterDir, 'postmaster.pid'), { force: true })
    return
  }
  if (ownerPid !== null && parentOf(postmaster.pid) === ownerPid) {
    const remedy = 'stop it, or set SLUICE_DATA_DIR to another folder'
    throw new StartError(`another Sluice (process ${ownerPid}) uses the data in ${clusterDir}: ${remedy}`)
  }
  await stopProcess(postmaster.pid)
}

/** Stops a postmaster: open transactions are rolled back, and after the time limit its processes are simply ended (the
 *  next start then recovers from the write-ahead log). */
export async function stopProcess(pid: number): Promise<void> {
  signal(pid, 'SIGINT')
  if (await isGoneWithin(pid, postgresStopTimeoutMs)) return
  signal(pid, 'SIGQUIT')
  if (await isGoneWithin(pid, postgresStopTimeoutMs)) return
  signal(pid, 'SIGKILL')
  await isGoneWithin(pid, postgresStopTimeoutMs)
}

/** Sends a signal to a process that may have ended. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

async function isGoneWithin(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await delay(pollMs)
  }
  return true
}

/** Tells whether a process runs. One that has ended but whose parent has not asked for its result still answers
 *  signals; it counts as gone. */
export function isAlive(pid: number): boolean {
  return signal(pid, 0) && statusOf(pid)?.state !== 'Z'
}

function isPostmasterOf(pid: number, clusterDir: string): boolean {
  if (!isAlive(pid)) return false
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(clusterDir)
  } catch {
    return ps(pid, 'command').includes(clusterDir)
  }
}

function parentOf(pid: number): number {
  return statusOf(pid)?.parent ?? Number(ps(pid, 'ppid'))
}

function statusOf(pid: number): { state: string; parent: number } | null {
  try {
    // "<pid> (<name>) <state> <parent> …": the name may hold blanks and parentheses.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return { state: fields[0] ?? '', parent: Number(fields[1]) }
  } catch {
    return null
  }
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return ''
  }
}
