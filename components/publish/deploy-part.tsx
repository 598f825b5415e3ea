'use client'

import { useEffect, useState } from 'react'
import { useCanEdit, useFacts } from '@/components/editor/workflow-context'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/notify'
import { messageOf } from '@/lib/editor/api-client'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { readVersion } from '@/lib/editor/publish'
import { diffGraphs, isOnlyMoved, type GraphDiff } from '@/lib/graph/diff'
import { usePublish } from './use-publish'

/** Deploy and undeploy, with what a deploy would change. */
export function DeployPart() {
  const isDeployed = useFacts((facts) => facts.state === 'deployed')
  const live = useFacts((facts) => facts.deployed_version)
  const canEdit = useCanEdit()
  const { isBusy, publish } = usePublish()
  const changes = useChanges(live)
  return (
    <section aria-labelledby="deploy-title" className="space-y-3">
      <h3 id="deploy-title" className="font-semibold">
        {isDeployed ? `Version ${live ?? ''} is live` : 'Not deployed'}
      </h3>
      <p className="text-muted-foreground">
        {isDeployed
          ? 'Webhook calls and the schedule run the live version. What you save stays a draft until you deploy again.'
          : 'Deploy it to let its webhooks take calls without limit and to start its schedule.'}
      </p>
      {isDeployed && changes !== null && <Changes changes={changes} />}
      {canEdit && (
        <div className="flex gap-2">
          <Button
            variant="primary"
            disabled={isBusy}
            onClick={() => void publish('deploy').then((done) => done && toast.success('Deployed'))}
          >
            {isDeployed ? 'Deploy the draft' : 'Deploy'}
          </Button>
          {isDeployed && (
            <Button
              disabled={isBusy}
              onClick={() => void publish('undeploy').then((done) => done && toast.success('Undeployed'))}
            >
              Undeploy
            </Button>
          )}
        </div>
      )}
    </section>
  )
}

function Changes({ changes }: { changes: readonly string[] }) {
  if (changes.length === 0) return <p>The draft is the same as the live version.</p>
  return (
    <div className="rounded-md border border-border p-3">
      <p className="font-medium">
        {changes.length === 1 ? '1 unpublished change' : `${changes.length} unpublished changes`}
      </p>
      <ul className="mt-1 list-disc space-y-0.5 pl-4 text-muted-foreground">
        {changes.slice(0, maxShownChanges).map((change) => (
          <li key={change}>{change}</li>
        ))}
        {changes.length > maxShownChanges && <li>and {changes.length - maxShownChanges} more</li>}
      </ul>
    </div>
  )
}

const maxShownChanges = 12

/** What differs between the live version and what is on the canvas, in words; null until the live one is read. */
function useChanges(live: number | null): readonly string[] | null {
  const { workflowId } = useEditor()
  const graph = useEditorState((state) => state.graph.current)
  const [version, setVersion] = useState<Awaited<ReturnType<typeof readVersion>> | null>(null)
  useEffect(() => {
    if (live === null) return
    let isCurrent = true
    readVersion(workflowId, live).then(
      (read) => {
        if (isCurrent) setVersion(read)
      },
      (error: unknown) => toast.error(messageOf(error)),
    )
    return () => {
      isCurrent = false
    }
  }, [workflowId, live])
  return version === null ? null : inWords(diffGraphs(version, graph))
}

function inWords({ blocks, edges }: GraphDiff): string[] {
  const title = (block: { id: string; name: string }) => block.name || block.id
  const changed = blocks.changed.filter((change) => !isOnlyMoved(change))
  const words = [
    ...blocks.added.map((block) => `${title(block)} was added`),
    ...blocks.removed.map((block) => `${title(block)} was removed`),
    ...changed.map((change) => `${title(change.after)} was changed`),
  ]
  const edgeCount = edges.added.length + edges.removed.length + edges.changed.length
  if (edgeCount > 0) words.push(edgeCount === 1 ? '1 connection differs' : `${edgeCount} connections differ`)
  return words
}
