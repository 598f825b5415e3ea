import { cellClass, HeaderCells, Table } from '@/components/ui/table'
import { TimeAgo } from '@/components/ui/time-ago'
import type { ApiKeyItem } from '@/lib/contract/settings'
import { RevokeApiKey } from './revoke-api-key'

const headers = ['Name', 'Begins with', 'Rights', 'Created', 'Last used']

/** The installation's API keys. */
export function ApiKeyTable({ keys, now }: { keys: readonly ApiKeyItem[]; now: Date }) {
  return (
    <Table caption="API keys" head={<HeaderCells titles={headers} hasActions />}>
      {keys.map((key) => (
        <tr key={key.id}>
          <th scope="row" className={`${cellClass} max-w-40 truncate font-medium xl:max-w-64`}>
            {key.name}
          </th>
          <td className={`${cellClass} font-mono text-xs`}>{key.prefix}…</td>
          <td className={`${cellClass} font-mono text-xs`}>{key.scopes.join(', ')}</td>
          <td className={`${cellClass} text-muted-foreground`}>
            <TimeAgo at={key.created_at} now={now} />
          </td>
          <td className={`${cellClass} text-muted-foreground`}>
            {key.last_used_at === null ? 'Never' : <TimeAgo at={key.last_used_at} now={now} />}
          </td>
          <td className={`${cellClass} text-right`}>
            <RevokeApiKey id={key.id} name={key.name} />
          </td>
        </tr>
      ))}
    </Table>
  )
}
