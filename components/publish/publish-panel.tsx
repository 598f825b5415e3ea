'use client'

import { X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { useEditor } from '@/lib/editor/editor-context'
import { DeployPart } from './deploy-part'
import { VersionHistory } from './version-history'
import { WebhookPart } from './webhook-part'

/** How the world reaches this workflow: its deploy, what changed since, its webhooks with their one test call, and every
 *  version it had. */
export function PublishPanel() {
  const editor = useEditor()
  return (
    <aside aria-label="Deploy and webhooks" className="flex w-96 shrink-0 flex-col border-l border-border bg-card">
      <div className="flex h-11 shrink-0 items-center justify-between border-b border-border px-4">
        <h2 className="text-sm font-semibold">Deploy and webhooks</h2>
        <Button
          variant="quiet"
          className="w-8 px-0"
          aria-label="Close the panel"
          onClick={() => editor.setView({ panel: null })}
        >
          <X aria-hidden />
        </Button>
      </div>
      <div className="flex-1 space-y-6 overflow-y-auto p-4 text-[13px]">
        <DeployPart />
        <WebhookPart />
        <VersionHistory />
      </div>
    </aside>
  )
}
