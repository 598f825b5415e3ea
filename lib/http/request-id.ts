import 'server-only'
import { randomUUID } from 'node:crypto'

/** The id a request is known by in logs and in the `x-request-id` answer header: the caller's own when it is a plain
 *  short word, else a new UUID. */
export function requestIdOf(offered: string | null | undefined): string {
  return offered && saneId.test(offered) ? offered : randomUUID()
}

const saneId = /^[\w.:-]{1,128}$/
