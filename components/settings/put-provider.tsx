'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Select } from '@/components/ui/select'
import type { ProviderItem, ProviderOffer } from '@/lib/contract/providers'
import { ProviderForm } from './provider-form'
import { kindTitles, providerPresets, type ProviderPreset } from './provider-presets'

const about = 'The key is stored encrypted and only ever sent to the provider’s own host.'

/** The button that sets a new provider up; `offer` is one that was found running nearby. */
export function AddProvider({ offer }: { offer?: ProviderOffer }) {
  const [isOpen, setIsOpen] = useState(false)
  const [presetId, setPresetId] = useState('openai')
  const preset = offer ? presetOf(offer) : providerPresets.find(({ id }) => id === presetId)
  return (
    <>
      <Button variant="primary" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <Plus aria-hidden />
        {offer ? `Set up ${offer.name}` : 'New provider'}
      </Button>
      <Dialog isOpen={isOpen} onOpenChange={setIsOpen} title="New provider" description={about} width="wide">
        {!offer && (
          <div className="mt-4 flex flex-col items-start gap-1.5">
            <span aria-hidden className="text-[13px] font-medium">
              Kind
            </span>
            <Select
              label="Kind"
              value={presetId}
              onChange={(event) => setPresetId(event.target.value)}
              choices={providerPresets.map(({ id, title }) => ({ value: id, word: title }))}
            />
          </div>
        )}
        {preset && <ProviderForm key={preset.id} start={{ before: null, preset }} onClose={() => setIsOpen(false)} />}
      </Dialog>
    </>
  )
}

/** The button that changes a provider. */
export function EditProvider({ provider }: { provider: ProviderItem }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button
        variant="quiet"
        aria-haspopup="dialog"
        aria-label={`Edit ${provider.name}`}
        onClick={() => setIsOpen(true)}
      >
        Edit
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={`${provider.name} (${kindTitles[provider.kind]})`}
        description={about}
        width="wide"
      >
        <ProviderForm start={{ before: provider, preset: null }} onClose={() => setIsOpen(false)} />
      </Dialog>
    </>
  )
}

function presetOf({ name, kind, base_url: baseUrl, models }: ProviderOffer): ProviderPreset {
  return { id: name, title: name, name, kind, baseUrl, needsKey: false, model: models[0] ?? '', isLocal: true }
}
