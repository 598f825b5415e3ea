/** How long ended executions stay. Null: for ever, or as the installation says. */
export interface RetentionLimits {
  /** Days since the execution was created. */
  days: number | null
  /** Of the ended ones only the newest so many. */
  count: number | null
}

/** What retention applies where. */
export interface Retention {
  /** What applies to workflows that say nothing else. */
  standard: RetentionLimits
  /** What workflows say themselves. */
  workflows: readonly (RetentionLimits & { id: string; name: string })[]
  /** How many workflows the search finds; more than are listed when there are many. */
  total: number
}

/** Which workflows to list: those with `q` in the name, letter case ignored. */
export interface RetentionQuery {
  q: string
}
