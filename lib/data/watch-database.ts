import 'server-only'
import pg from 'pg'
import { cutBusyConnections } from './database'

/** Asks the database for a sign of life, every `everyMs` on a connection of its own. A database whose machine froze or
 *  whose network went keeps connections open and answers nothing, and queries would wait for ever: when it owes an
 *  answer for `silenceMs`, the connections in use are cut and `onSilence` is told. */
export function watchDatabase(
  url: string,
  { everyMs, silenceMs, onSilence }: { everyMs: number; silenceMs: number; onSilence: () => void },
): { stop(): Promise<void> } {
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  async function ask(): Promise<void> {
    const own = client ?? (await connect(url, silenceMs))
    // A connection that came too late to be waited for is not kept.
    if (isStopped || (client && client !== own)) return own.end()
    client = own
    await own.query('SELECT 1')
  }

  async function look(): Promise<void> {
    const asked = ask()
    const outcome = await within(asked, silenceMs)
    if (outcome !== 'answered') {
      const silent = client
      client = null
      silent?.end().catch(() => undefined)
    }
    if (outcome === 'silent' && !isStopped) {
      cutBusyConnections()
      onSilence()
    }
    if (!isStopped) timer = setTimeout(() => void look(), everyMs).unref()
  }

  timer = setTimeout(() => void look(), everyMs).unref()
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}

async function connect(url: string, timeoutMs: number): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: timeoutMs * 2,
    application_name: 'sluice-watch',
  })
  // A connection that breaks fails the next question.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** A refused connection is an answer of sorts: queries fail by themselves then. */
async function within(asked: Promise<void>, silenceMs: number): Promise<'answered' | 'refused' | 'silent'> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<'silent'>((resolve) => {
    // A process that was busy itself reads its sockets before it calls anyone silent.
    timer = setTimeout(() => setImmediate(() => setImmediate(() => resolve('silent'))), silenceMs)
  })
  const answer = asked.then(
    () => 'answered' as const,
    () => 'refused' as const,
  )
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer))
}
