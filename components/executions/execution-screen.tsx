'use client'

import { useRouter } from 'next/navigation'
import type { BlockLog, ExecutionItem } from '@/lib/contract/execution'
import { ExecutionDetail } from './execution-detail'

/** One execution as a page of its own: what is started from it opens in its place. */
export function ExecutionScreen({ first }: { first: { execution: ExecutionItem; logs: BlockLog[] } }) {
  const router = useRouter()
  const open = (id: string) => router.push(`/workflows/${first.execution.workflow_id}/executions/${id}`)
  return <ExecutionDetail key={first.execution.id} first={first} onOpen={open} />
}
