import { z } from 'zod'
import type { Endpoint } from './endpoint'

/** What `GET /api/health` says of each part: `ok`, or in words what is wrong. Python may also be `warming`. */
export interface Health {
  status: 'ok' | 'unavailable'
  database: string
  javascript: string
  python: string
  version: string
  /** Told to callers with the scope `admin` alone. */
  storage?: StoredTable[]
}

/** A table that grows with every execution. */
export interface StoredTable {
  table: string
  size_bytes: number
  oldest_at: string | null
}

/** `GET /api/health`: open to everyone. */
export const healthEndpoint: Endpoint<object, object, null> = {
  scope: null,
  params: z.object({}),
  query: z.object({}),
  body: null,
  maxBodyBytes: 0,
  status: 200,
}
