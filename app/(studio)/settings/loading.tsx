import { Skeleton } from '@/components/ui/skeleton'

export default function SettingsLoading() {
  return (
    <div aria-busy className="min-w-0 flex-1">
      <p role="status" className="sr-only">
        Loading settings
      </p>
      <Skeleton className="h-6 w-40" />
      <Skeleton className="mt-2 h-4 w-96" />
      <Skeleton className="mt-6 h-32 w-full" />
    </div>
  )
}
