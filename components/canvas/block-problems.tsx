'use client'

import { CircleAlert, TriangleAlert } from 'lucide-react'
import { useProblems } from '@/components/editor/workflow-context'

/** Says on a card that something is wrong with the block. */
export function BlockProblems({ blockId }: { blockId: string }) {
  const issues = useProblems(({ byBlock }) => byBlock.get(blockId))
  if (!issues) return null
  const isError = issues.some(({ severity }) => severity === 'error')
  const Icon = isError ? CircleAlert : TriangleAlert
  const words = issues.map(({ message }) => message).join('\n')
  return (
    <span className={`ml-auto shrink-0 ${isError ? 'text-danger' : 'text-warning'}`} title={words}>
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{issues.length === 1 ? '1 problem' : `${issues.length} problems`}</span>
    </span>
  )
}
