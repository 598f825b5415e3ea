'use client'

import { CircleAlert, CircleCheck, CircleDashed, CircleOff, Eye, EyeOff, RefreshCw, Timer } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useCanEdit, useFacts, usePublished } from '@/components/editor/workflow-context'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Confirm } from '@/components/ui/confirm'
import { CopyButton } from '@/components/ui/copy-button'
import type { Block } from '@/lib/contract/graph'
import { rotateCredentials } from '@/lib/editor/canvas-actions'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { blockIndex } from '@/lib/editor/graph-index'
import { readLastInputs } from '@/lib/editor/last-inputs'
import { exampleBody } from '@/lib/editor/webhook-snippets'
import { shownName } from '@/lib/graph/block-title'
import { Snippets } from './snippets'

/** One webhook: whether calls are let in, where they go, the secret they carry, and code that makes one. */
export function WebhookCard({ block }: { block: Block }) {
  const editor = useEditor()
  const canEdit = useCanEdit()
  const [isShown, setIsShown] = useState(false)
  const body = useExampleBody(block.id)
  const { webhook_id: id, webhook_secret: secret } = block.config
  const name = shownName(block, editor.catalog)
  const hasCredentials = typeof id === 'string' && typeof secret === 'string' && id !== '' && secret !== ''
  return (
    <article aria-label={name} className="space-y-3 rounded-md border border-border p-3">
      <div className="flex items-center justify-between gap-3">
        <h4 className="min-w-0 truncate font-medium">{name}</h4>
        <WebhookState block={block} hasCredentials={hasCredentials} />
      </div>
      {hasCredentials ? (
        <>
          <Address url={addressOf(id)} />
          <Secret
            secret={secret}
            isShown={isShown}
            onToggle={() => setIsShown(!isShown)}
            onRotate={canEdit ? () => rotateCredentials(editor, block.id, ['webhook_secret']) : null}
          />
          <Snippets call={{ url: addressOf(id), secret, body }} isSecretShown={isShown} />
        </>
      ) : (
        <div className="space-y-2">
          <p className="text-muted-foreground">It has no credentials, so it takes no calls.</p>
          {canEdit && <Button onClick={() => rotateCredentials(editor, block.id)}>Make credentials</Button>}
        </div>
      )}
    </article>
  )
}

/** The body this webhook was handed last, else what the workflow was run with last. */
function useExampleBody(blockId: string) {
  const { workflowId } = useEditor()
  const handed = useEditorState(({ live }) => live.lastData.get(blockId)?.['output'])
  return useMemo(
    () => exampleBody([handed, readLastInputs(workflowId, window.localStorage) ?? undefined]),
    [handed, workflowId],
  )
}

function addressOf(id: string): string {
  return `${window.location.origin}/api/webhooks/${id}`
}

/** Whether a call would be let in now. */
function WebhookState({ block, hasCredentials }: { block: Block; hasCredentials: boolean }) {
  const isDeployed = useFacts((facts) => facts.state === 'deployed')
  const isArmed = useFacts((facts) => facts.armed_until !== null)
  const live = usePublished((published) => published.live)
  const badge = (icon: typeof Timer, tone: 'neutral' | 'success' | 'warning', word: string) => (
    <span className="text-xs">
      <Badge icon={icon} tone={tone}>
        {word}
      </Badge>
    </span>
  )
  if (!hasCredentials) return badge(CircleAlert, 'warning', 'No credentials')
  if (isDeployed && live) {
    const isTaking = blockIndex(live).get(block.id)?.enabled === true
    return isTaking
      ? badge(CircleCheck, 'success', 'Takes calls')
      : badge(CircleAlert, 'warning', 'Not in the live version')
  }
  if (isDeployed) return badge(CircleCheck, 'success', 'Deployed')
  if (!block.enabled) return badge(CircleOff, 'neutral', 'Disabled')
  return isArmed ? badge(Timer, 'warning', 'Armed for one call') : badge(CircleDashed, 'neutral', 'Closed')
}

function Address({ url }: { url: string }) {
  return (
    <div>
      <p className="mb-1 text-xs font-medium">Address</p>
      <div className="flex items-start gap-2">
        <p aria-label="Address" className="min-w-0 flex-1 font-mono text-xs leading-5 break-all">
          {url}
        </p>
        <CopyButton text={url} label="Copy" />
      </div>
    </div>
  )
}

function Secret(props: { secret: string; isShown: boolean; onToggle: () => void; onRotate: (() => void) | null }) {
  const { secret, isShown, onToggle, onRotate } = props
  const [isAsking, setIsAsking] = useState(false)
  return (
    <div>
      <p className="mb-1 text-xs font-medium">Secret</p>
      <p aria-label="Secret" className="mb-2 font-mono text-xs leading-5 break-all">
        {isShown ? secret : '•'.repeat(12)}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button className="w-8 px-0" aria-label={isShown ? 'Hide the secret' : 'Show the secret'} onClick={onToggle}>
          {isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        </Button>
        <CopyButton text={secret} label="Copy secret" />
        {onRotate && (
          <Button onClick={() => setIsAsking(true)}>
            <RefreshCw aria-hidden />
            Rotate…
          </Button>
        )}
      </div>
      <Confirm
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title="Rotate the secret?"
        action="Rotate secret"
        onConfirm={() => onRotate?.()}
      >
        Whoever calls with the old one is refused as soon as this is saved, a deployed workflow included.
      </Confirm>
    </div>
  )
}
