import 'server-only'
import type { Queryable } from './columns'
import type { StoredValue } from './stored-values'

/** A value and the execution it belongs to; null values and those that stand in their row are passed over. */
export interface OwnedValue {
  executionId: string
  value: StoredValue | null
}

/** Tells whether any of the values is stored apart from its row. */
export function holdsLargeValue(values: readonly OwnedValue[]): boolean {
  return values.some(({ value }) => value?.large)
}

/** Writes the values that are stored apart. Writing one again changes nothing. */
export async function insertLargeValues(values: readonly OwnedValue[], client: Queryable): Promise<void> {
  for (const { executionId, value } of values) {
    if (!value?.large) continue
    await client.query(
      `INSERT INTO large_values (id, execution_id, size_bytes, compressed) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [value.large.id, executionId, value.large.sizeBytes, value.large.compressed],
    )
  }
}
