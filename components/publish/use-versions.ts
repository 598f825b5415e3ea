'use client'

import { useEffect, useState } from 'react'
import { useFacts } from '@/components/editor/workflow-context'
import type { VersionItem } from '@/lib/contract/workflows'
import { messageOf } from '@/lib/editor/api-client'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { listVersions } from '@/lib/editor/publish'

const pageSize = 20

/** The kept versions, newest first, read again after a deploy and after a run; `total` is null until the first answer. */
export function useVersions(): Answer & { readMore: () => void } {
  const { workflowId } = useEditor()
  const live = useFacts((facts) => facts.deployed_version)
  const lastRun = useEditorState((state) => state.live.executionId)
  const [answer, setAnswer] = useState<Answer>({ versions: [], total: null, problem: '' })
  const fail = (error: unknown) => setAnswer((before) => ({ ...before, problem: messageOf(error) }))
  useEffect(() => {
    const visit = { isOver: false }
    listVersions(workflowId, { limit: pageSize, offset: 0 }).then(
      (read) => visit.isOver || setAnswer({ ...read, problem: '' }),
      (error: unknown) => visit.isOver || fail(error),
    )
    return () => void (visit.isOver = true)
  }, [workflowId, live, lastRun])
  const readMore = () => {
    listVersions(workflowId, { limit: pageSize, offset: answer.versions.length }).then(
      ({ versions, total }) =>
        setAnswer((before) => {
          // A version made meanwhile pushes the last of the page before onto this one.
          const known = new Set(before.versions.map(({ version }) => version))
          const older = versions.filter(({ version }) => !known.has(version))
          return { versions: [...before.versions, ...older], total, problem: '' }
        }),
      fail,
    )
  }
  return { ...answer, readMore }
}

interface Answer {
  versions: readonly VersionItem[]
  total: number | null
  problem: string
}
