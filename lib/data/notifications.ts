import 'server-only'
import pg from 'pg'
import { pool } from './database'
import { notificationPartChars, notificationRetryMs } from '../limits'

/** Short messages between the processes of one installation, over the database. Delivered at most once, and only to
 *  processes connected at that moment: whoever must not miss something reads the tables as well. */
export interface Notifications {
  send(channel: string, text: string): Promise<void>
  close(): Promise<void>
}

/** Listens on channels, on a connection of its own that is opened again when it breaks. A process hears its own
 *  messages too. Texts of any length: longer ones travel in parts. */
export async function openNotifications(
  databaseUrl: string,
  handlers: Record<string, (text: string) => void>,
  onError: (error: unknown) => void,
): Promise<Notifications> {
  const parts = new PartialTexts()
  let client: pg.Client | null = null
  let isClosed = false

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: databaseUrl, application_name: 'sluice-notifications' })
    next.on('error', onError)
    next.on('end', () => {
      if (!isClosed) setTimeout(() => void connect().catch(onError), notificationRetryMs).unref()
    })
    next.on('notification', ({ channel, payload }) => {
      const text = parts.add(payload ?? '')
      if (text !== null) handlers[channel]?.(text)
    })
    await next.connect()
    for (const channel of Object.keys(handlers)) await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
    client = next
  }

  await connect()
  return {
    async send(channel, text) {
      await pool().query('SELECT pg_notify($1, part) FROM unnest($2::text[]) AS part', [channel, partsOf(text)])
    },
    async close() {
      isClosed = true
      await client?.end()
    },
  }
}

let lastMessage = 0

/** Postgres takes 8,000 bytes a message. Each part begins with message, place and count. */
function partsOf(text: string): string[] {
  const count = Math.max(1, Math.ceil(text.length / notificationPartChars))
  const message = `${process.pid}-${++lastMessage}`
  return Array.from({ length: count }, (_, place) => {
    const part = text.slice(place * notificationPartChars, (place + 1) * notificationPartChars)
    // JSON-quoted, so that a surrogate pair cut in two survives the way.
    return `${message} ${place} ${count} ${JSON.stringify(part)}`
  })
}

/** Puts texts together from their parts, which come in order for each message. */
class PartialTexts {
  readonly #open = new Map<string, string>()

  /** The whole text when this was its last part, else null. */
  add(payload: string): string | null {
    const [message = '', place = '0', count = '1'] = payload.split(' ', 3)
    const quoted = payload.slice(message.length + place.length + count.length + 3)
    const text = (this.#open.get(message) ?? '') + String(JSON.parse(quoted))
    if (Number(place) + 1 < Number(count)) {
      this.#open.set(message, text)
      return null
    }
    this.#open.delete(message)
    return text
  }
}
