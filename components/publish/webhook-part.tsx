'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useCanEdit, useFacts, useFactsActions } from '@/components/editor/workflow-context'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import type { Block } from '@/lib/contract/graph'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { curlOf } from '@/lib/editor/publish'
import { usePublish } from './use-publish'

/** The workflow's webhooks: address, secret and a command to paste, and the window for one test call. */
export function WebhookPart() {
  const { catalog } = useEditor()
  const blocks = useEditorState((state) => state.graph.current.blocks)
  const webhooks = blocks.filter((block) => catalog.get(block.type)?.capabilities.trigger === 'webhook')
  return (
    <section aria-labelledby="webhooks-title" className="space-y-3">
      <h3 id="webhooks-title" className="font-semibold">
        Webhooks
      </h3>
      {webhooks.length === 0 ? (
        <p className="text-muted-foreground">Add a webhook block to let other systems start this workflow.</p>
      ) : (
        <>
          <ArmPart />
          {webhooks.map((block) => (
            <Webhook key={block.id} block={block} />
          ))}
        </>
      )}
    </section>
  )
}

/** One test call: the draft runs, exactly once, within ten minutes. */
function ArmPart() {
  const armedUntil = useFacts((facts) => facts.armed_until)
  const isDeployed = useFacts((facts) => facts.state === 'deployed')
  const canEdit = useCanEdit()
  const { isBusy, publish } = usePublish()
  const secondsLeft = useSecondsLeft(armedUntil)
  if (isDeployed) return <p className="text-muted-foreground">While deployed, every call runs the live version.</p>
  if (secondsLeft === null)
    return (
      <div className="space-y-2">
        <p className="text-muted-foreground">Arm it to let in exactly one call that runs the draft.</p>
        {canEdit && (
          <Button disabled={isBusy} onClick={() => void publish('arm')}>
            Arm for one call
          </Button>
        )}
      </div>
    )
  return (
    <div className="flex items-center justify-between gap-3 rounded-md border border-border bg-muted p-3">
      <p role="status">
        Waiting for one call <span className="font-mono tabular-nums">{clock(secondsLeft)}</span>
      </p>
      <Button disabled={isBusy} onClick={() => void publish('disarm')}>
        Disarm
      </Button>
    </div>
  )
}

function Webhook({ block }: { block: Block }) {
  const [isShown, setIsShown] = useState(false)
  const { webhook_id: id, webhook_secret: secret } = block.config
  if (typeof id !== 'string' || typeof secret !== 'string' || id === '' || secret === '')
    return <p className="text-muted-foreground">{block.name || block.id} has no credentials and takes no calls.</p>
  const url = `${window.location.origin}/api/webhooks/${id}`
  return (
    <div className="space-y-2 rounded-md border border-border p-3">
      <p className="font-medium">{block.name || block.id}</p>
      <p className="font-mono text-xs break-all">{url}</p>
      <p className="flex items-center gap-2 font-mono text-xs break-all">
        <span aria-label="Secret">{isShown ? secret : '•'.repeat(12)}</span>
        <Button
          variant="quiet"
          className="w-8 px-0"
          aria-label={isShown ? 'Hide the secret' : 'Show the secret'}
          onClick={() => setIsShown(!isShown)}
        >
          {isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        </Button>
      </p>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={curlOf(url, secret)} label="Copy as curl" />
        <CopyButton text={url} label="Copy the address" />
        <CopyButton text={secret} label="Copy the secret" />
      </div>
    </div>
  )
}

/** Seconds until a time, null once it is past. Asks the server every few seconds whether a call has spent the window. */
function useSecondsLeft(until: string | null): number | null {
  const { reload } = useFactsActions()
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    if (until === null) return
    const clockTimer = setInterval(() => setNowMs(Date.now()), 1_000)
    const askTimer = setInterval(() => void reload().catch(() => undefined), askEveryMs)
    return () => {
      clearInterval(clockTimer)
      clearInterval(askTimer)
    }
  }, [until, reload])
  if (until === null) return null
  const left = Math.ceil((Date.parse(until) - nowMs) / 1_000)
  return left > 0 ? left : null
}

const askEveryMs = 2_000

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
