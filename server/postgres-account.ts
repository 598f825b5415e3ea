import 'server-only'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Whom Postgres runs as. It refuses to run as root, so a root process needs one of two ways:
 *  - `namespace`: a user namespace in which root is called nobody. Files stay root's and no folder needs opening.
 *  - `account`: an existing unprivileged user, who must own the cluster and be able to enter every folder above it. */
export type PostgresAccount =
  { way: 'self' } | { way: 'namespace'; uid: 0; gid: 0 } | { way: 'account'; name: string; uid: number; gid: number }

/** Chooses the way in. `clusterDir` may not exist yet; one that an unprivileged user owns stays with that user. */
export function choosePostgresAccount(clusterDir: string, options: { namespaces?: boolean } = {}): PostgresAccount {
  if (process.getuid?.() !== 0) return { way: 'self' }
  const owner = existsSync(clusterDir) ? statSync(clusterDir) : null
  if (owner && owner.uid !== 0) {
    return { way: 'account', name: nameOf(owner.uid), uid: owner.uid, gid: owner.gid }
  }
  if ((options.namespaces ?? true) && namespacesWork(clusterDir)) return { way: 'namespace', uid: 0, gid: 0 }
  return { way: 'account', ...unprivilegedUser() }
}

/** What to spawn so that `program` runs as the account. */
export function commandAs(account: PostgresAccount, program: string, args: readonly string[]) {
  if (account.way === 'self') return { file: program, args: [...args], identity: {} }
  if (account.way === 'account') {
    return { file: program, args: [...args], identity: { uid: account.uid, gid: account.gid } }
  }
  return { file: 'unshare', args: [...namespaceArguments, program, ...args], identity: {} }
}

/** The first folder on the way to `path` that the account cannot enter; null when there is none. */
export function closedFolder(account: PostgresAccount, path: string): string | null {
  if (account.way === 'self') return null
  const above = dirname(path)
  const closed = above === path ? null : closedFolder(account, above)
  if (closed || !existsSync(path)) return closed
  const { mode, uid, gid } = statSync(path)
  const executeBit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
  return mode & executeBit ? null : path
}

const namespaceArguments = ['--user', '--map-user=65534', '--map-group=65534', '--']

// Inside the namespace root keeps its files but not its power to enter the folders of others.
function namespacesWork(clusterDir: string): boolean {
  if (process.platform !== 'linux' || closedFolder({ way: 'namespace', uid: 0, gid: 0 }, dirname(clusterDir)))
    return false
  return spawnSync('unshare', [...namespaceArguments, 'true'], { stdio: 'ignore' }).status === 0
}

interface User {
  name: string
  uid: number
  gid: number
}

function unprivilegedUser(): User {
  const users = knownUsers()
  const nobody = { name: 'nobody', uid: 65534, gid: 65534 }
  return users.find((user) => user.name === 'postgres') ?? users.find((user) => user.name === 'nobody') ?? nobody
}

function nameOf(uid: number): string {
  return knownUsers().find((user) => user.uid === uid)?.name ?? String(uid)
}

function knownUsers(): User[] {
  if (!existsSync('/etc/passwd')) return []
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
  })
}
