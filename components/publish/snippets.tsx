'use client'

import { CopyButton } from '@/components/ui/copy-button'
import { Tabs } from '@/components/ui/tabs'
import { snippets, type WebhookCall } from '@/lib/editor/webhook-snippets'

/** Ready-made calls. What is shown hides the secret as long as it is hidden elsewhere; what is copied has it. */
export function Snippets({ call, isSecretShown }: { call: WebhookCall; isSecretShown: boolean }) {
  const shown = isSecretShown ? call : { ...call, secret: '••••••••' }
  return (
    <Tabs
      label="Call it with"
      tabs={snippets.map(({ id, title, of }) => ({
        id,
        title,
        content: (
          <div className="space-y-2">
            <pre
              tabIndex={0}
              aria-label={`Call with ${title}`}
              className="max-h-48 overflow-auto rounded-md border border-border bg-background p-2.5 font-mono text-xs leading-5 focus-visible:outline-2 focus-visible:outline-ring"
            >
              {of(shown)}
            </pre>
            <CopyButton text={of(call)} label={`Copy as ${title}`} />
          </div>
        ),
      }))}
    />
  )
}
