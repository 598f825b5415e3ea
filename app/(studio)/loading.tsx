import { Skeleton } from '@/components/ui/skeleton'

const rows = [1, 2, 3, 4, 5, 6]

export default function WorkflowsLoading() {
  return (
    <main aria-busy className="mx-auto w-full max-w-6xl px-6 py-8">
      <p role="status" className="sr-only">
        Loading workflows
      </p>
      <div className="mb-5 flex h-8 items-center justify-between">
        <Skeleton className="h-6 w-32" />
        <Skeleton className="h-8 w-96" />
      </div>
      <div className="divide-y divide-border rounded-lg border border-border bg-card">
        {rows.map((row) => (
          <div key={row} className="flex h-11 items-center gap-6 px-3">
            <Skeleton className="h-4 w-56" />
            <Skeleton className="h-4 w-20" />
            <Skeleton className="h-4 w-40" />
          </div>
        ))}
      </div>
    </main>
  )
}
