import 'server-only'
import type { Runner } from '../contract'
import type { webhook } from './definition'

/** Hands on the payload, and beside it what is known of the request when this webhook was the one called. */
export const run: Runner<typeof webhook> = (_config, context) => {
  const data = { output: context.input }
  return context.request === null ? data : { ...data, request: context.request }
}
