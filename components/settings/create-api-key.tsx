'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { DialogForm } from '@/components/frame/dialog-form'
import { NameField } from '@/components/frame/name-field'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { scopes, type Scope } from '@/lib/contract/principal'
import { FormProblem } from '@/lib/editor/api-client'
import { createApiKey } from '@/lib/editor/settings-client'

const meanings: Record<Scope, string> = {
  read: 'see workflows, executions and their data',
  run: 'start and cancel executions',
  write: 'create, change, deploy and delete workflows',
  admin: 'manage keys, secrets and settings',
}

/** The button that makes an API key; the key is shown once, in the dialog that made it. */
export function CreateApiKey() {
  const [isOpen, setIsOpen] = useState(false)
  const [key, setKey] = useState<string | null>(null)
  const router = useRouter()
  const change = (open: boolean) => {
    setIsOpen(open)
    if (open || key === null) return
    setKey(null)
    // Not before: the first key moves the button, and the dialog with the key would be gone.
    router.refresh()
  }
  return (
    <>
      <Button variant="primary" aria-haspopup="dialog" onClick={() => change(true)}>
        <Plus aria-hidden />
        New API key
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={change}
        title={key === null ? 'New API key' : 'Copy the key now'}
        description={
          key === null
            ? 'It acts in your name, with the rights you tick and never more than your own.'
            : 'It is shown this once. What is stored cannot be turned back into it.'
        }
      >
        {key === null ? (
          <KeyForm onCreated={setKey} onCancel={() => change(false)} />
        ) : (
          <ShownKey value={key} onDone={() => change(false)} />
        )}
      </Dialog>
    </>
  )
}

function KeyForm({ onCreated, onCancel }: { onCreated: (key: string) => void; onCancel: () => void }) {
  const create = async (form: FormData) => {
    const chosen = scopes.filter((scope) => form.get(scope) !== null)
    if (chosen.length === 0) throw new FormProblem('Tick at least one right: a key without any could do nothing.')
    onCreated((await createApiKey({ name: String(form.get('name') ?? ''), scopes: chosen })).key)
  }
  return (
    <DialogForm action="Create key" busyAction="Creating…" send={create} onCancel={onCancel}>
      <NameField name="name" hint="What uses it, such as “shop back end”" />
      <fieldset>
        <legend className="text-[13px] font-medium">Rights</legend>
        {scopes.map((scope) => (
          <label key={scope} className="mt-2 flex items-baseline gap-2 text-[13px]">
            <input type="checkbox" name={scope} defaultChecked={scope === 'read' || scope === 'run'} />
            <span>
              <span className="font-mono">{scope}</span>{' '}
              <span className="text-muted-foreground">{meanings[scope]}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </DialogForm>
  )
}

function ShownKey({ value, onDone }: { value: string; onDone: () => void }) {
  return (
    <div className="mt-4">
      <p
        aria-label="The new API key"
        className="rounded-md border border-border bg-background px-3 py-2 font-mono text-[13px] break-all select-all"
      >
        {value}
      </p>
      <div className="mt-5 flex justify-end gap-2">
        <CopyButton text={value} label="Copy key" />
        <Button variant="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  )
}
