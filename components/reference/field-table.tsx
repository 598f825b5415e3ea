import { cellClass, headerCellClass, Table } from '@/components/ui/table'
import type { Field } from './fields'

/** Fields with their types and rules. */
export function FieldTable({ caption, rows }: { caption: string; rows: readonly Field[] }) {
  return (
    <Table
      caption={caption}
      head={
        <>
          <th scope="col" className={`${headerCellClass} w-1/3`}>
            {caption}
          </th>
          <th scope="col" className={`${headerCellClass} w-1/4`}>
            Type
          </th>
          <th scope="col" className={headerCellClass}>
            Rules
          </th>
        </>
      }
    >
      {rows.map(({ path, type, isRequired, rules }) => (
        <tr key={path}>
          <th scope="row" className={`${cellClass} font-mono text-xs font-normal break-all`}>
            {path}
          </th>
          <td className={cellClass}>{type}</td>
          <td className={`${cellClass} text-muted-foreground`}>
            {[isRequired ? 'required' : '', rules].filter(Boolean).join(', ')}
          </td>
        </tr>
      ))}
    </Table>
  )
}
