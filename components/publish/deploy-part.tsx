'use client'

import {
  useCanEdit,
  useFacts,
  useProblems,
  usePublished,
  useSetStage,
  useStage,
} from '@/components/editor/workflow-context'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/notify'
import { ChangeList } from './change-list'
import { usePublish } from './use-publish'

/** Deploy and undeploy, with what a deploy would change and when the schedule runs. */
export function DeployPart() {
  const isDeployed = useFacts((facts) => facts.state === 'deployed')
  const live = useFacts((facts) => facts.deployed_version)
  const isSame = usePublished(({ changes }) => changes?.length === 0)
  const canEdit = useCanEdit()
  const { isBusy, publish } = usePublish()
  const deploy = async () => {
    if (await publish('deploy')) toast.success('Deployed')
  }
  const undeploy = async () => {
    if (await publish('undeploy')) toast.success('Undeployed')
  }
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
      {isDeployed && <Changes />}
      {canEdit && (
        <div className="flex gap-2">
          <Button
            variant={isDeployed && isSame ? 'outline' : 'primary'}
            disabled={isBusy}
            onClick={() => void deploy()}
          >
            {isDeployed ? 'Deploy the draft' : 'Deploy'}
          </Button>
          {isDeployed && (
            <Button disabled={isBusy} onClick={() => void undeploy()}>
              Undeploy
            </Button>
          )}
        </div>
      )}
      {canEdit && <Stoppers />}
      {isDeployed && <NextRuns />}
    </section>
  )
}

/** Says so when the graph cannot be deployed, and leads to the reasons. */
function Stoppers() {
  const errorCount = useProblems((problems) => problems.errorCount)
  const setStage = useSetStage()
  if (errorCount === 0) return null
  return (
    <p className="flex items-center justify-between gap-2 text-danger">
      {errorCount === 1 ? 'One problem stops a deploy.' : `${errorCount} problems stop a deploy.`}
      <Button className="h-7 px-2 text-xs" onClick={() => setStage({ dock: 'problems' })}>
        Show
      </Button>
    </p>
  )
}

/** What the next deploy changes for the world. */
function Changes() {
  const live = usePublished((published) => published.live)
  const changes = usePublished((published) => published.changes)
  const isDrawn = useStage(({ comparedWith }) => comparedWith !== null && comparedWith === live)
  const setStage = useSetStage()
  if (changes === null) return null
  if (changes.length === 0) return <p>The draft does the same as the live version.</p>
  return (
    <div className="rounded-md border border-border p-3">
      <div className="mb-2 flex items-center justify-between gap-2">
        <p className="font-medium">
          {changes.length === 1 ? '1 unpublished change' : `${changes.length} unpublished changes`}
        </p>
        <Button
          className="h-7 px-2 text-xs"
          aria-pressed={isDrawn}
          onClick={() => setStage({ comparedWith: isDrawn ? null : live })}
        >
          {isDrawn ? 'Hide from the canvas' : 'Show on the canvas'}
        </Button>
      </div>
      <div className="max-h-80 overflow-y-auto">
        <ChangeList label="What a deploy changes" changes={changes} />
      </div>
    </div>
  )
}

/** When the schedule fires next, in the reader's own time. */
function NextRuns() {
  const runs = useFacts((facts) => facts.next_runs)
  if (runs.length === 0) return null
  return (
    <div>
      <h4 className="font-medium">Next runs</h4>
      <ol aria-label="Next runs" className="mt-1 space-y-0.5 text-muted-foreground tabular-nums">
        {runs.map((at) => (
          <li key={at}>
            <time dateTime={at}>{said.format(new Date(at))}</time>
          </li>
        ))}
      </ol>
    </div>
  )
}

const said = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' })
