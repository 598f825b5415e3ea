import { Link } from '@/components/ui/link'
import { cellClass } from '@/components/ui/table'

/** The cell of a table that names its row, leads to it and says what it is for. */
export function NameCell(props: { href: string; name: string; description: string }) {
  const { href, name, description } = props
  return (
    <th scope="row" className={`${cellClass} max-w-80 font-medium`}>
      <Link
        href={href}
        className="block truncate rounded-sm hover:underline focus-visible:outline-2 focus-visible:outline-ring"
      >
        {name}
      </Link>
      {description !== '' && (
        <span className="block truncate text-xs font-normal text-muted-foreground">{description}</span>
      )}
    </th>
  )
}
