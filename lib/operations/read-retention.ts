import 'server-only'
import type { Call } from '../contract/endpoint'
import type { Retention, RetentionQuery } from '../contract/retention'
import { readRetentionRules } from '../data/retention'
import { maxPageSize } from '../limits'
import { getApp } from './app'

/** Reads how long ended executions stay: the installation's rule, and each workflow's own, those that have one first. */
export async function readRetention({ query: { q } }: Call<object, RetentionQuery>): Promise<Retention> {
  const { SLUICE_RETENTION_DAYS: days = null, SLUICE_RETENTION_COUNT: count = null } = getApp().env
  const { workflows, total } = await readRetentionRules(q.trim(), maxPageSize)
  return { standard: { days, count }, workflows, total }
}
