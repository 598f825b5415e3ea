import type { ReactNode } from 'react'

/** Class of a table's cell and of its header cell. */
export const cellClass = 'px-3 py-2.5 align-middle'
export const headerCellClass = 'px-3 py-2 font-medium whitespace-nowrap'

/** Header cells of these titles. With `hasActions` a column of buttons follows, which needs none. */
export function HeaderCells({ titles, hasActions = false }: { titles: readonly string[]; hasActions?: boolean }) {
  return (
    <>
      {titles.map((title) => (
        <th key={title} scope="col" className={headerCellClass}>
          {title}
        </th>
      ))}
      {hasActions && <td className={headerCellClass} />}
    </>
  )
}

/** A plain table of rows. `head` holds its header cells, `children` its rows. */
export function Table({ caption, head, children }: { caption: string; head: ReactNode; children: ReactNode }) {
  return (
    <div className="overflow-x-auto rounded-lg border border-border bg-card shadow-card">
      <table className="w-full border-collapse text-left text-[13px]">
        <caption className="sr-only">{caption}</caption>
        <thead className="border-b border-border text-xs text-muted-foreground">
          <tr>{head}</tr>
        </thead>
        <tbody className="divide-y divide-border">{children}</tbody>
      </table>
    </div>
  )
}
