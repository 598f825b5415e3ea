'use client'

import { useState } from 'react'
import { DialogButton } from '@/components/frame/dialog-button'
import { LabelledSelect } from '@/components/ui/select'
import type { ProviderItem, ProviderOffer } from '@/lib/contract/providers'
import { ProviderForm } from './provider-form'
import { kindTitles, providerPresets, type ProviderPreset } from './provider-presets'

const dialog = {
  description: 'The key is stored encrypted and only ever sent to the provider’s own host.',
  width: 'wide',
} as const

/** The button that sets a new provider up; `offer` is one that was found running nearby. */
export function AddProvider({ offer }: { offer?: ProviderOffer }) {
  const [presetId, setPresetId] = useState('openai')
  const preset = offer ? presetOf(offer) : providerPresets.find(({ id }) => id === presetId)
  return (
    <DialogButton word={offer ? `Set up ${offer.name}` : 'New provider'} isNew title="New provider" {...dialog}>
      {(close) => (
        <>
          {!offer && (
            <div className="mt-4">
              <LabelledSelect
                label="Kind"
                value={presetId}
                onChange={(event) => setPresetId(event.target.value)}
                choices={providerPresets.map(({ id, title }) => ({ value: id, word: title }))}
              />
            </div>
          )}
          {preset && <ProviderForm key={preset.id} start={{ before: null, preset }} onClose={close} />}
        </>
      )}
    </DialogButton>
  )
}

/** The button that changes a provider. */
export function EditProvider({ provider }: { provider: ProviderItem }) {
  const { name, kind } = provider
  return (
    <DialogButton word="Edit" label={`Edit ${name}`} title={`${name} (${kindTitles[kind]})`} {...dialog}>
      {(close) => <ProviderForm start={{ before: provider, preset: null }} onClose={close} />}
    </DialogButton>
  )
}

function presetOf({ name, kind, base_url: baseUrl, models }: ProviderOffer): ProviderPreset {
  return { id: name, title: name, name, kind, baseUrl, needsKey: false, model: models[0] ?? '', isLocal: true }
}
