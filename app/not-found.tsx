import { SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { connection } from 'next/server'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export const metadata: Metadata = { title: 'Not found' }

export default async function NotFoundPage() {
  // Made anew for each visit: a page made beforehand carries no nonce, and its scripts would be refused.
  await connection()
  return (
    <main>
      <EmptyState
        icon={SearchX}
        heading="h1"
        title="There is nothing here"
        action={
          <Link href="/" className={buttonClass('primary')}>
            Show all workflows
          </Link>
        }
      >
        The address is wrong, or what stood here was deleted.
      </EmptyState>
    </main>
  )
}
