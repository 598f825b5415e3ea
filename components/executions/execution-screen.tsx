'use client'

import { useRouter } from 'next/navigation'
import { ExecutionDetail } from './execution-detail'
import type { FirstLook } from './use-execution'

/** One execution as a page of its own: what is started from it opens in its place. */
export function ExecutionScreen({ first }: { first: FirstLook }) {
  const router = useRouter()
  const open = (id: string) => router.push(`/workflows/${first.execution.workflow_id}/executions/${id}`)
  return <ExecutionDetail key={first.execution.id} first={first} onOpen={open} />
}
