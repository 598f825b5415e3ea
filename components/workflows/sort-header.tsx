import { ArrowDown, ArrowUp } from 'lucide-react'
import { Link } from '@/components/ui/link'
import type { ReactNode } from 'react'
import type { WorkflowSort } from '@/lib/contract/workflows'
import { addressOf, type ListView } from './list-address'

/** A column's header that sorts by it: a link, because the order is in the address. */
export function SortHeader(props: {
  view: ListView
  sort: WorkflowSort
  firstOrder: ListView['order']
  children: ReactNode
}) {
  const { view, sort, firstOrder, children } = props
  const current = view.sort === sort ? view.order : null
  const next = current === null ? firstOrder : current === 'asc' ? 'desc' : 'asc'
  const Arrow = current === 'asc' ? ArrowUp : ArrowDown
  return (
    <th
      scope="col"
      className="px-3 py-2 font-medium whitespace-nowrap"
      aria-sort={current === null ? 'none' : current === 'asc' ? 'ascending' : 'descending'}
    >
      <Link
        href={addressOf({ ...view, sort, order: next, offset: 0 })}
        className="inline-flex items-center gap-1 rounded-sm hover:text-foreground focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-ring"
      >
        {children}
        <Arrow aria-hidden className={current === null ? 'invisible size-3' : 'size-3'} />
      </Link>
    </th>
  )
}
