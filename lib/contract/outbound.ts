/** An entry of the outbound allow-list. */
export interface AllowedHost {
  /** As the operator wrote it. */
  entry: string
  /** `name`: whatever that host name resolves to. `network`: addresses. */
  kind: 'name' | 'network'
  /** Null: every port. */
  port: number | null
}
