const maxRows = 200
const maxColumns = 30
const cellClass = 'max-w-64 truncate border-b border-border px-2 py-1 align-top'

/** A JSON value as a table: a list by its items, their keys as columns; an object by its keys. What holds a list or an
 *  object as its `output` is shown by that. */
export function JsonTable({ label, value }: { label: string; value: unknown }) {
  const { columns, rows, left } = tableOf(value)
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={label}
      className="max-h-96 overflow-auto rounded-md border border-border bg-background focus-visible:outline-2 focus-visible:outline-ring"
    >
      <table className="w-full border-collapse font-mono text-xs">
        <thead className="sticky top-0 bg-muted text-left text-muted-foreground">
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className="px-2 py-1 font-medium whitespace-nowrap">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (
                <td key={columns[at]} className={cellClass} title={cell}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="px-2 py-1.5 text-xs text-muted-foreground">Nothing in it.</p>}
      {left > 0 && <p className="px-2 py-1.5 text-xs text-muted-foreground">And {left} more rows: see Raw.</p>}
    </div>
  )
}

function tableOf(value: unknown): { columns: string[]; rows: string[][]; left: number } {
  const shown = isObject(value) && typeof value['output'] === 'object' && value['output'] ? value['output'] : value
  if (Array.isArray(shown)) {
    const items: unknown[] = shown
    const some = items.slice(0, maxRows)
    const keys = [...new Set(some.filter(isObject).flatMap((item) => Object.keys(item)))].slice(0, maxColumns)
    const hasPlain = some.some((item) => !isObject(item))
    const columns = ['#', ...(hasPlain ? ['value'] : []), ...keys]
    const rows = some.map((item, index) => [
      String(index),
      ...(hasPlain ? [isObject(item) ? '' : textOf(item)] : []),
      ...keys.map((key) => (isObject(item) ? textOf(item[key]) : '')),
    ])
    return { columns, rows, left: items.length - some.length }
  }
  const entries = isObject(shown) ? Object.entries(shown) : [['value', shown] as const]
  const rows = entries.slice(0, maxRows).map(([key, one]) => [key, textOf(one)])
  return { columns: ['Name', 'Value'], rows, left: entries.length - rows.length }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
