'use client'

import { Bookmark, BookmarkCheck, RotateCcw, Square, Workflow } from 'lucide-react'
import { Link } from '@/components/ui/link'
import { useState } from 'react'
import { Button, buttonClass } from '@/components/ui/button'
import { toast } from '@/components/ui/notify'
import type { ExecutionItem } from '@/lib/contract/execution'
import { messageOf } from '@/lib/editor/api-client'
import { keepExecution } from '@/lib/editor/execution-client'
import { cancelExecution } from '@/lib/editor/graph-client'
import { CompareButton } from './compare-button'
import { canvasAddress } from './execution-address'
import { isUnfinished } from './use-execution'

/** Stops an execution while it runs; afterwards keeps it, compares it, runs it again. */
export function ExecutionActions({ execution, onRunAgain }: { execution: ExecutionItem; onRunAgain: () => void }) {
  const [isStopping, setIsStopping] = useState(false)
  const stop = async () => {
    setIsStopping(true)
    try {
      await cancelExecution(execution.workflow_id, execution.id)
    } catch (error) {
      toast.error(messageOf(error))
      setIsStopping(false)
    }
  }
  const onCanvas = (
    <Link href={canvasAddress(execution.workflow_id, execution.id)} className={buttonClass()}>
      <Workflow aria-hidden />
      Show on the canvas
    </Link>
  )
  if (isUnfinished(execution))
    return (
      <span className="flex flex-wrap gap-2">
        {onCanvas}
        <Button disabled={isStopping} onClick={() => void stop()}>
          <Square aria-hidden />
          {isStopping ? 'Stopping…' : 'Cancel'}
        </Button>
      </span>
    )
  return (
    <span className="flex flex-wrap gap-2">
      {onCanvas}
      <KeepButton execution={execution} />
      <CompareButton workflowId={execution.workflow_id} executionId={execution.id} />
      <Button onClick={onRunAgain}>
        <RotateCcw aria-hidden />
        Run again
      </Button>
    </span>
  )
}

/** Keeps the execution whatever retention says. */
function KeepButton({ execution }: { execution: ExecutionItem }) {
  const [isKept, setIsKept] = useState(execution.is_kept)
  const change = async () => {
    setIsKept(!isKept)
    try {
      await keepExecution(execution.workflow_id, execution.id, !isKept)
    } catch (error) {
      setIsKept(isKept)
      toast.error(messageOf(error))
    }
  }
  const Icon = isKept ? BookmarkCheck : Bookmark
  return (
    <Button aria-pressed={isKept} title="Kept executions are never cleared away" onClick={() => void change()}>
      <Icon aria-hidden />
      {isKept ? 'Kept' : 'Keep'}
    </Button>
  )
}
