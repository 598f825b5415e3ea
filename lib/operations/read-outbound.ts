import 'server-only'
import type { AllowedHost } from '../contract/outbound'
import { describeAllowed } from '../outbound/allow-list'
import { getApp } from './app'

/** Reads which private hosts the operator lets graphs call. */
export function readOutbound(): { allowed: AllowedHost[] } {
  return { allowed: describeAllowed(getApp().env.SLUICE_ALLOW_PRIVATE_HOSTS) }
}
