'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { DialogForm } from '@/components/frame/dialog-form'
import { Field } from '@/components/ui/field'
import { toast } from '@/components/ui/notify'
import type { ProviderItem, PutProviderBody } from '@/lib/contract/providers'
import { putProvider } from '@/lib/editor/provider-client'
import { maxModelNameChars, maxSecretChars, maxUrlChars } from '@/lib/limits'
import { ModelTermsRows, rowsOfTerms, termsOfRows } from './model-terms-rows'
import type { ProviderPreset } from './provider-presets'

/** What a form of a provider begins with: one that is set up, or a preset. */
export type ProviderStart = { before: ProviderItem; preset: null } | { before: null; preset: ProviderPreset }

/** Everything about one provider. Its key can be put and replaced, never read. */
export function ProviderForm({ start, onClose }: { start: ProviderStart; onClose: () => void }) {
  const { before, preset } = start
  const kind = before ? before.kind : preset.kind
  const router = useRouter()
  const [rows, setRows] = useState(() => rowsOfTerms(before ? before.models : {}))
  const put = async (form: FormData) => {
    const name = before?.name ?? textOf(form, 'name')
    await putProvider(name, { ...bodyOf(form, kind), models: termsOfRows(rows) })
    toast.success(`The provider ${name} is set up`)
    router.refresh()
    onClose()
  }
  return (
    <DialogForm action="Store provider" busyAction="Storing…" send={put} onCancel={onClose}>
      {!before && (
        <Field
          label="Name"
          name="name"
          hint="Models are then called name/model. Small letters, digits, _ and -"
          required
          pattern="[a-z0-9][a-z0-9_\-]{0,49}"
          title="Small letters, digits, _ and -, 50 at most"
          defaultValue={preset.name}
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <Connection start={start} />
      <ModelTermsRows rows={rows} onChange={setRows} />
    </DialogForm>
  )
}

function Connection({ start: { before, preset } }: { start: ProviderStart }) {
  const isCompatible = (before ? before.kind : preset.kind) === 'openai_compatible'
  const hasKey = before?.has_key ?? false
  const needsKey = !isCompatible && !hasKey
  return (
    <div className="grid gap-x-4 sm:grid-cols-2">
      <Field
        label="Address"
        name="base_url"
        type="url"
        hint={addressHint(isCompatible, preset?.isLocal === true)}
        required={isCompatible}
        maxLength={maxUrlChars}
        defaultValue={before ? (before.base_url ?? '') : preset.baseUrl}
        autoComplete="off"
        spellCheck={false}
      />
      <Field
        label="API key"
        name="api_key"
        type="password"
        hint={
          hasKey
            ? 'One is stored. Leave this empty to keep it.'
            : needsKey || preset?.needsKey
              ? 'Stored encrypted. Nobody reads it back.'
              : 'Only if the server asks for one.'
        }
        required={needsKey || (preset?.needsKey ?? false)}
        maxLength={maxSecretChars}
        autoComplete="off"
      />
      <Field
        label="Default model"
        name="default_model"
        hint="Asked when nothing names a model, and by the test"
        maxLength={maxModelNameChars}
        defaultValue={before ? (before.default_model ?? '') : ''}
        placeholder={preset?.model ?? ''}
        autoComplete="off"
        spellCheck={false}
      />
      <label className="mt-7 flex items-baseline gap-2 self-start text-[13px]">
        <input type="checkbox" name="is_default" defaultChecked={before?.is_default ?? false} />
        <span>
          <span className="font-medium">Default provider</span>
          <span className="block text-xs text-muted-foreground">Its default model comes before all others</span>
        </span>
      </label>
    </div>
  )
}

function addressHint(isCompatible: boolean, isLocal: boolean): string {
  if (!isCompatible) return 'Empty for the vendor’s own'
  return isLocal
    ? 'Private addresses other than Ollama’s own have to be allowed by SLUICE_ALLOW_PRIVATE_HOSTS'
    : 'Up to and with its /v1'
}

function bodyOf(form: FormData, kind: ProviderItem['kind']): PutProviderBody {
  const key = textOf(form, 'api_key')
  return {
    kind,
    base_url: textOf(form, 'base_url') || null,
    ...(key !== '' && { api_key: key }),
    default_model: textOf(form, 'default_model') || null,
    is_default: form.get('is_default') !== null,
  }
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
