'use client'

import { Rocket } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useCanEdit, useFacts, useSetStage } from '@/components/editor/workflow-context'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/notify'
import { TimeAgo } from '@/components/ui/time-ago'
import type { Graph } from '@/lib/contract/graph'
import type { VersionItem } from '@/lib/contract/workflows'
import { messageOf } from '@/lib/editor/api-client'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { listChanges } from '@/lib/editor/graph-changes'
import { readVersion } from '@/lib/editor/publish'
import { restoreVersion } from '@/lib/editor/restore-version'
import { ChangeList } from './change-list'
import { useVersions } from './use-versions'

/** Every version that was deployed or run: who made it and when, how it differs from the draft, and its way back. */
export function VersionHistory() {
  const { versions, total, problem, readMore } = useVersions()
  const [opened, setOpened] = useState<number | null>(null)
  return (
    <section aria-labelledby="history-title" className="space-y-3">
      <h3 id="history-title" className="font-semibold">
        Versions
      </h3>
      {problem !== '' && (
        <p role="alert" className="text-danger">
          {problem}
        </p>
      )}
      {total === 0 && (
        <p className="text-muted-foreground">Versions are kept from the first deploy or run on; none so far.</p>
      )}
      <ul aria-label="Versions" className="divide-y divide-border rounded-md border border-border empty:hidden">
        {versions.map((item) => (
          <li key={item.version} className="p-3">
            <Version
              item={item}
              isOpen={opened === item.version}
              onToggle={() => setOpened(opened === item.version ? null : item.version)}
            />
          </li>
        ))}
      </ul>
      {versions.length < (total ?? 0) && <Button onClick={readMore}>Show older versions</Button>}
    </section>
  )
}

function Version(props: { item: VersionItem; isOpen: boolean; onToggle: () => void }) {
  const { item, isOpen, onToggle } = props
  const { version, created_at, deployed_at, created_by_name: name } = item
  const isLive = useFacts((facts) => facts.state === 'deployed' && facts.deployed_version === version)
  const now = new Date()
  return (
    <>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="flex items-center gap-2">
            <span className="font-medium">Version {version}</span>
            {isLive && (
              <Badge icon={Rocket} tone="success">
                Live
              </Badge>
            )}
          </p>
          <p className="text-xs text-muted-foreground">
            {deployed_at === null ? 'Run ' : 'Deployed '}
            <TimeAgo at={deployed_at ?? created_at} now={now} />
            {` by ${name ?? 'automation'}`}
          </p>
        </div>
        <Button
          className="h-7 px-2 text-xs"
          aria-expanded={isOpen}
          aria-label={`Compare version ${version} with the draft`}
          onClick={onToggle}
        >
          Compare
        </Button>
      </div>
      {isOpen && <Comparison version={version} />}
    </>
  )
}

/** What restoring a version would change, and the button that does. */
function Comparison({ version }: { version: number }) {
  const editor = useEditor()
  const canEdit = useCanEdit()
  const setStage = useSetStage()
  const current = useEditorState(({ graph }) => graph.current)
  const graph = useGraphOf(version)
  if (graph === null) return <p className="mt-2 text-muted-foreground">Reading the version…</p>
  const changes = listChanges(current, graph, editor.catalog)
  const restore = () => {
    setStage({ comparedWith: null })
    if (restoreVersion(editor, { version, graph }))
      toast.success(`Version ${version} is the draft now`, { action: { label: 'Undo', onClick: () => editor.undo() } })
  }
  return (
    <div className="mt-3 border-t border-border pt-3">
      {changes.length === 0 ? (
        <p className="text-muted-foreground">The draft does the same as this version.</p>
      ) : (
        <>
          <p className="mb-2 text-muted-foreground">Restoring it would make of the draft:</p>
          <div className="max-h-64 overflow-y-auto">
            <ChangeList label={`What restoring version ${version} changes`} changes={changes} />
          </div>
        </>
      )}
      {canEdit && changes.length > 0 && (
        <Button className="mt-3" onClick={restore}>
          Restore version {version}
        </Button>
      )}
    </div>
  )
}

function useGraphOf(version: number): Graph | null {
  const { workflowId } = useEditor()
  const [graph, setGraph] = useState<Graph | null>(null)
  useEffect(() => {
    const visit = { isOver: false }
    readVersion(workflowId, version).then(
      (read) => visit.isOver || setGraph(read),
      (error: unknown) => visit.isOver || toast.error(messageOf(error)),
    )
    return () => void (visit.isOver = true)
  }, [workflowId, version])
  return graph
}
