'use client'

import { useLastData } from '@/components/editor/use-last-data'
import { useEditor, useEditorState } from '@/lib/editor/editor-context'
import { ArmPart } from './arm-part'
import { WebhookCard } from './webhook-card'

/** The workflow's webhooks: address, secret and what to paste, and the window for one test call. */
export function WebhookPart() {
  const { catalog } = useEditor()
  const blocks = useEditorState((state) => state.graph.current.blocks)
  const webhooks = blocks.filter((block) => catalog.get(block.type)?.capabilities.trigger === 'webhook')
  useLastData(webhooks.length > 0)
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
            <WebhookCard key={block.id} block={block} />
          ))}
        </>
      )}
    </section>
  )
}
