import { Skeleton } from '@/components/ui/skeleton'

export default function WorkflowLoading() {
  return (
    <main aria-busy className="flex min-h-0 flex-1 flex-col">
      <p role="status" className="sr-only">
        Loading the workflow
      </p>
      <div className="flex h-12 shrink-0 items-center gap-3 border-b border-border bg-card px-4">
        <Skeleton className="size-8" />
        <Skeleton className="h-5 w-48" />
      </div>
      <div className="min-h-96 flex-1 bg-canvas" />
    </main>
  )
}
