import { Skeleton } from '@/components/ui/skeleton'

export default function ExecutionsLoading() {
  return (
    <main aria-busy className="mx-auto w-full max-w-6xl px-6 py-8">
      <p role="status" className="sr-only">
        Loading executions
      </p>
      <Skeleton className="mb-5 h-8 w-40" />
      <Skeleton className="h-96 w-full" />
    </main>
  )
}
