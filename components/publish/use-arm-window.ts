'use client'

import { useEffect, useState } from 'react'
import { useFacts, useFactsActions } from '@/components/editor/workflow-context'
import type { ExecutionItem } from '@/lib/contract/execution'
import { useEditor } from '@/lib/editor/editor-context'
import { readFacts } from '@/lib/editor/open-workflow'
import { newestCall } from '@/lib/editor/publish'
import { watchExecution } from '@/lib/editor/run'
import { armWindowMinutes } from '@/lib/limits'
import { usePublish } from './use-publish'

const askEveryMs = 1_000
/** The database opens the window, the server dates the execution: their clocks may differ by this much. */
const clockSlackMs = 30_000
const windowMs = armWindowMinutes * 60_000

/** The window for one test call, and the call it caught.
 *
 *    closed ──arm──> waiting ──a webhook execution newer than the window──> caught ──arm──> waiting
 *    waiting ──disarm, deploy, or its time is over──> closed
 *
 *  While it waits the server is asked every second. What was caught is painted on the canvas as it runs. */
export function useArmWindow() {
  const editor = useEditor()
  const { workflowId } = editor
  const armedUntil = useFacts((facts) => facts.armed_until)
  const { set } = useFactsActions()
  const { isBusy, publish } = usePublish()
  const [caught, setCaught] = useState<ExecutionItem | null>(null)
  // The newest call before the window was opened: whatever comes after it came through the window.
  const [knownId, setKnownId] = useState<string | null>(null)

  useEffect(() => {
    if (armedUntil === null) return
    const visit = new AbortController()
    const sinceMs = Date.parse(armedUntil) - windowMs - clockSlackMs
    const ask = async () => {
      // In this order: once the window is seen closed, the call that closed it is there to be found.
      const facts = await readFacts(workflowId)
      const call = await newestCall(workflowId, sinceMs)
      if (visit.signal.aborted) return
      if (call && call.id !== knownId) setCaught(call)
      set(facts)
    }
    // A question that failed is asked again.
    const timer = setInterval(() => void ask().catch(() => undefined), askEveryMs)
    return () => {
      visit.abort()
      clearInterval(timer)
    }
  }, [armedUntil, workflowId, knownId, set])

  const caughtId = caught?.id
  useEffect(() => {
    if (caughtId === undefined) return
    const visit = new AbortController()
    // What cannot be painted is still in the list of executions.
    void watchExecution(editor, caughtId, { signal: visit.signal }).catch(() => undefined)
    return () => visit.abort()
  }, [editor, caughtId])

  const arm = async () => {
    const before = await newestCall(workflowId, 0).catch(() => null)
    setKnownId(before?.id ?? null)
    setCaught(null)
    await publish('arm')
  }
  return { armedUntil, caught, isBusy, arm, disarm: () => publish('disarm') }
}
