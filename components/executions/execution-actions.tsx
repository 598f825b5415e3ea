'use client'

import { RotateCcw, Square } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/notify'
import type { ExecutionItem } from '@/lib/contract/execution'
import { messageOf } from '@/lib/editor/api-client'
import { cancelExecution } from '@/lib/editor/graph-client'
import { isUnfinished } from './use-execution'

/** Stops an execution while it runs; afterwards runs it again. */
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
  if (isUnfinished(execution))
    return (
      <Button disabled={isStopping} onClick={() => void stop()}>
        <Square aria-hidden />
        {isStopping ? 'Stopping…' : 'Cancel'}
      </Button>
    )
  return (
    <Button onClick={onRunAgain}>
      <RotateCcw aria-hidden />
      Run again
    </Button>
  )
}
