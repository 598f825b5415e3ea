import { cellClass, HeaderCells, Table } from '@/components/ui/table'
import { TimeAgo } from '@/components/ui/time-ago'
import type { SecretItem } from '@/lib/contract/settings'
import { DeleteSecret } from './delete-secret'
import { PutSecret } from './put-secret'

const headers = ['Name', 'Reference', 'Created', 'Updated']

/** The names in the vault. */
export function SecretTable({ secrets, now }: { secrets: readonly SecretItem[]; now: Date }) {
  return (
    <Table caption="Secrets" head={<HeaderCells titles={headers} hasActions />}>
      {secrets.map((secret) => (
        <tr key={secret.name}>
          <th scope="row" className={`${cellClass} max-w-64 truncate font-medium`}>
            {secret.name}
          </th>
          <td className={`${cellClass} font-mono text-xs`}>{`{{secrets.${secret.name}}}`}</td>
          <td className={`${cellClass} text-muted-foreground`}>
            <TimeAgo at={secret.created_at} now={now} />
          </td>
          <td className={`${cellClass} text-muted-foreground`}>
            <TimeAgo at={secret.updated_at} now={now} />
          </td>
          <td className={`${cellClass} text-right whitespace-nowrap`}>
            <PutSecret name={secret.name} />
            <DeleteSecret name={secret.name} />
          </td>
        </tr>
      ))}
    </Table>
  )
}
