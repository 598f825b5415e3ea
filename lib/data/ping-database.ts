import 'server-only'
import { pool } from './database'

/** Asks the database for a sign of life. @throws what the driver says, or after `timeoutMs` that there is none. */
export async function pingDatabase(timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs / 1000} s`)), timeoutMs)
  })
  const ping = pool().query('SELECT 1')
  ping.catch(() => undefined)
  await Promise.race([ping, silence]).finally(() => clearTimeout(timer))
}
