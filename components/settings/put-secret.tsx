'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useId, useState, type SubmitEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { toast } from '@/components/ui/notify'
import { secretNamePattern } from '@/lib/contract/settings'
import { messageOf } from '@/lib/editor/api-client'
import { putSecret } from '@/lib/editor/settings-client'
import { maxSecretChars, minSecretChars } from '@/lib/limits'

/** The button that puts a secret: a new one, or a new value for the one of that `name`. */
export function PutSecret({ name }: { name?: string }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      {name === undefined ? (
        <Button variant="primary" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
          <Plus aria-hidden />
          New secret
        </Button>
      ) : (
        <Button variant="quiet" aria-haspopup="dialog" aria-label={`Replace ${name}`} onClick={() => setIsOpen(true)}>
          Replace
        </Button>
      )}
      <Dialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={name === undefined ? 'New secret' : `New value for ${name}`}
        description="The value is stored encrypted. Nobody reads it back, you included."
      >
        <SecretForm {...(name !== undefined && { name })} onClose={() => setIsOpen(false)} />
      </Dialog>
    </>
  )
}

function SecretForm({ name, onClose }: { name?: string; onClose: () => void }) {
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const router = useRouter()
  const put = async (form: FormData) => {
    const chosen = name ?? String(form.get('name') ?? '').trim()
    setIsBusy(true)
    try {
      await putSecret(chosen, String(form.get('value') ?? ''))
      toast.success(`The secret ${chosen} is stored`)
      router.refresh()
      onClose()
    } catch (error) {
      setProblem(messageOf(error))
      setIsBusy(false)
    }
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    void put(new FormData(event.currentTarget))
  }
  return (
    <form onSubmit={submit} className="mt-4">
      {name === undefined && (
        <Field
          label="Name"
          name="name"
          hint="Blocks say it as {{secrets.NAME}}. Letters, digits, _ . and -"
          required
          pattern={secretNamePattern.source.slice(1, -1).replace('.-]', '.\\-]')}
          title="It begins with a letter or _, then letters, digits, _ . and -"
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <SecretValue />
      <p role="alert" className="mt-2 min-h-5 text-[13px] text-danger">
        {problem}
      </p>
      <div className="mt-2 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" type="submit" disabled={isBusy}>
          {isBusy ? 'Storing…' : 'Store secret'}
        </Button>
      </div>
    </form>
  )
}

function SecretValue() {
  const id = useId()
  return (
    <>
      <label htmlFor={id} className="text-[13px] font-medium">
        Value
      </label>
      <textarea
        id={id}
        name="value"
        required
        minLength={minSecretChars}
        maxLength={maxSecretChars}
        rows={3}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-hint`}
        className="mt-1.5 w-full rounded-md border border-input bg-background px-2.5 py-2 font-mono text-[13px] focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring"
      />
      <p id={`${id}-hint`} className="text-xs text-muted-foreground">
        At least {minSecretChars} characters, so that it can be kept out of logs.
      </p>
    </>
  )
}
