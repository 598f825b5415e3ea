import 'server-only'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PostgresAccount } from './postgres-account'
import { choosePostgresAccount, closedFolder, commandAs } from './postgres-account'
import { findPostgresBinaries, programPath } from './postgres-binaries'
import { StartError } from './start-error'

/** A Postgres data folder on this machine and how to run it. */
export interface Cluster {
  /** Holds all below, with mode 0700. */
  homeDir: string
  dataDir: string
  binariesDir: string
  account: PostgresAccount
  password: string
}

/** The superuser of the cluster. Its password is generated once and kept in the cluster's folder. */
export const clusterUser = 'sluice'

const majorVersion = '18'

/** Creates the cluster in `<dataDir>/postgres`, or finds it there, and makes sure that Postgres can reach it.
 *  @throws StartError when it cannot, or when another major version of Postgres wrote it. */
export function prepareCluster(dataDir: string, options: { namespaces?: boolean } = {}): Cluster {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const homeDir = join(dataDir, 'postgres')
  const account = choosePostgresAccount(homeDir, options)
  mkdirSync(homeDir, { recursive: true, mode: 0o700 })
  // The folder is ours, and what is in it that nobody may read has a mode of its own.
  if (account.way === 'account') chmodSync(dataDir, statSync(dataDir).mode | 0o011)
  own(homeDir, account)
  requireReachable(account, homeDir)
  const cluster = {
    homeDir,
    dataDir: join(homeDir, 'data'),
    binariesDir: reachableBinaries(homeDir, account),
    account,
    password: readPassword(homeDir, account),
  }
  if (!existsSync(cluster.dataDir)) initialise(cluster)
  requireVersion(cluster.dataDir)
  return cluster
}

function requireReachable(account: PostgresAccount, path: string): void {
  const closed = closedFolder(account, path)
  if (closed === null || account.way === 'self') return
  const user = account.way === 'account' ? account.name : 'root'
  const remedy = `run "chmod o+x ${closed}", set SLUICE_DATA_DIR to a folder it can enter, or do not start Sluice as root`
  throw new StartError(`the database runs as user ${user}, who cannot enter ${closed}: ${remedy}`)
}

// A project in a closed folder (root's home, say) can still keep its data elsewhere: the binaries then go with the data.
function reachableBinaries(homeDir: string, account: PostgresAccount): string {
  const installed = findPostgresBinaries()
  if (!closedFolder(account, installed)) return installed
  const copy = join(homeDir, 'binaries')
  if (!existsSync(copy)) {
    cpSync(installed, `${copy}.new`, { recursive: true, verbatimSymlinks: true, force: true })
    own(`${copy}.new`, account)
    renameSync(`${copy}.new`, copy)
  }
  return copy
}

function readPassword(homeDir: string, account: PostgresAccount): string {
  const file = join(homeDir, 'password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  own(file, account)
  return readFileSync(file, 'utf8')
}

// Into another folder first: a start that is killed half-way leaves nothing that looks like a cluster.
function initialise(cluster: Cluster): void {
  const newDir = `${cluster.dataDir}.new`
  rmSync(newDir, { recursive: true, force: true })
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = ['--username', clusterUser, '--pwfile', join(cluster.homeDir, 'password'), '--auth=scram-sha-256']
  const program = programPath(cluster.binariesDir, 'initdb')
  const { file, args, identity } = commandAs(cluster.account, program, ['-D', newDir, ...access, ...locale])
  const result = spawnSync(file, args, {
    cwd: cluster.homeDir,
    encoding: 'utf8',
    env: postgresEnvironment,
    ...identity,
  })
  if (result.status !== 0) {
    const reason = result.error?.message ?? result.stderr.trim().split('\n').slice(-3).join(' ')
    throw new StartError(`the database could not be created in ${cluster.homeDir}: ${reason}`)
  }
  renameSync(newDir, cluster.dataDir)
}

/** Nothing of ours (keys, DATABASE_URL, PGDATA) reaches the database's processes. */
export const postgresEnvironment: NodeJS.ProcessEnv = { NODE_ENV: 'production', LC_ALL: 'C', TZ: 'UTC' }

function requireVersion(dataDir: string): void {
  const version = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim()
  if (version === majorVersion) return
  const remedy = 'dump it with that version and restore the dump here, or set SLUICE_DATA_DIR to another folder'
  throw new StartError(`${dataDir} was written by PostgreSQL ${version}, this is PostgreSQL ${majorVersion}: ${remedy}`)
}

function own(path: string, account: PostgresAccount): void {
  if (account.way === 'self') return
  const found = statSync(path)
  if (found.uid === account.uid && found.gid === account.gid) return
  lchownSync(path, account.uid, account.gid)
  if (!found.isDirectory()) return
  for (const entry of readdirSync(path, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(path, entry), account.uid, account.gid)
  }
}
