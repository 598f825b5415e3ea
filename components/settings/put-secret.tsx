'use client'

import { useRouter } from 'next/navigation'
import { DialogButton } from '@/components/frame/dialog-button'
import { DialogForm } from '@/components/frame/dialog-form'
import { Field } from '@/components/ui/field'
import { toast } from '@/components/ui/notify'
import { TextArea } from '@/components/ui/text-area'
import { secretNamePattern } from '@/lib/contract/settings'
import { putSecret } from '@/lib/editor/settings-client'
import { maxSecretChars, minSecretChars } from '@/lib/limits'

/** The button that puts a secret: a new one, or a new value for the one of that `name`. */
export function PutSecret({ name }: { name?: string }) {
  const isNew = name === undefined
  return (
    <DialogButton
      {...(isNew ? { word: 'New secret', isNew } : { word: 'Replace', label: `Replace ${name}` })}
      title={isNew ? 'New secret' : `New value for ${name}`}
      description="The value is stored encrypted. Nobody reads it back, you included."
    >
      {(close) => <SecretForm {...(name !== undefined && { name })} onClose={close} />}
    </DialogButton>
  )
}

function SecretForm({ name, onClose }: { name?: string; onClose: () => void }) {
  const router = useRouter()
  const put = async (form: FormData) => {
    const chosen = name ?? String(form.get('name') ?? '').trim()
    await putSecret(chosen, String(form.get('value') ?? ''))
    toast.success(`The secret ${chosen} is stored`)
    router.refresh()
    onClose()
  }
  return (
    <DialogForm action="Store secret" busyAction="Storing…" send={put} onCancel={onClose}>
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
      <TextArea
        label="Value"
        name="value"
        hint={`At least ${minSecretChars} characters, so that it can be kept out of logs.`}
        isMono
        required
        minLength={minSecretChars}
        maxLength={maxSecretChars}
        rows={3}
        autoComplete="off"
        spellCheck={false}
      />
    </DialogForm>
  )
}
