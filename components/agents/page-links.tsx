import { Link } from '@/components/ui/link'
import { buttonClass } from '@/components/ui/button'

/** The way to the other pages of a list; nothing while one page holds all of it. */
export function PageLinks(props: { path: string; offset: number; limit: number; shown: number; total: number }) {
  const { path, offset, limit, shown, total } = props
  if (shown >= total) return null
  return (
    <nav aria-label="Pages" className="mt-3 flex items-center justify-between text-xs text-muted-foreground">
      <p>
        {offset + 1} to {offset + shown} of {total}
      </p>
      <div className="flex gap-2">
        {offset > 0 && (
          <Link className={buttonClass()} href={`${path}?offset=${Math.max(0, offset - limit)}`}>
            Previous
          </Link>
        )}
        {offset + shown < total && (
          <Link className={buttonClass()} href={`${path}?offset=${offset + limit}`}>
            Next
          </Link>
        )}
      </div>
    </nav>
  )
}
