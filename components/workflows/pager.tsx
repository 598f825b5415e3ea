import { ChevronLeft, ChevronRight } from 'lucide-react'
import { Link } from '@/components/ui/link'
import { buttonClass } from '@/components/ui/button'
import { addressOf, type ListView } from './list-address'

/** Which part of the list this is, and the way to its neighbours. */
export function Pager({
  view,
  shown,
  total,
  pageSize,
}: {
  view: ListView
  shown: number
  total: number
  pageSize: number
}) {
  const isLast = view.offset + shown >= total
  return (
    <nav aria-label="Pages" className="mt-3 flex items-center justify-between text-xs text-muted-foreground">
      <p>
        {shown === 0 ? '0' : `${view.offset + 1} to ${view.offset + shown}`} of {total}
      </p>
      {(view.offset > 0 || !isLast) && (
        <div className="flex gap-2">
          {view.offset > 0 && (
            <Link className={buttonClass()} href={addressOf({ ...view, offset: Math.max(0, view.offset - pageSize) })}>
              <ChevronLeft aria-hidden />
              Previous
            </Link>
          )}
          {!isLast && (
            <Link className={buttonClass()} href={addressOf({ ...view, offset: view.offset + pageSize })}>
              Next
              <ChevronRight aria-hidden />
            </Link>
          )}
        </div>
      )}
    </nav>
  )
}
