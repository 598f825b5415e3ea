'use client'

import type { ReactNode } from 'react'
import { usePendingDeletes } from '@/lib/editor/pending-deletes'

/** A row of the list, gone while its workflow's deletion can be undone. */
export function HidableRow({ workflowId, children }: { workflowId: string; children: ReactNode }) {
  const isHidden = usePendingDeletes(({ hidden }) => hidden.has(workflowId))
  return isHidden ? null : <tr className="relative hover:bg-muted/60">{children}</tr>
}
