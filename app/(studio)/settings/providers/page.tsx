import { BrainCircuit } from 'lucide-react'
import type { Metadata } from 'next'
import { ProviderList } from '@/components/settings/provider-list'
import { AddProvider } from '@/components/settings/put-provider'
import { OwnersOnly, SettingsSection } from '@/components/settings/settings-section'
import { EmptyState } from '@/components/ui/empty-state'
import type { ProviderOffer } from '@/lib/contract/providers'
import { listProviders } from '@/lib/operations/list-providers'
import { pageCall } from '../../page-call'

export const metadata: Metadata = { title: 'Providers' }

export default async function ProvidersPage() {
  const { principal } = await pageCall({ params: {}, query: {} })
  const isOwner = principal.scopes.includes('admin')
  const { providers, offers } = isOwner ? await listProviders() : { providers: [], offers: [] }
  return (
    <SettingsSection
      title="Providers"
      about="Whose language models agents, orchestrations and the copilot ask. Keys are write-only."
      action={isOwner && providers.length > 0 && <AddProvider />}
    >
      {!isOwner && <OwnersOnly what="providers" />}
      {offers.map((offer) => (
        <Offer key={offer.name} offer={offer} />
      ))}
      {providers.length > 0 && <ProviderList providers={providers} />}
      {isOwner && providers.length === 0 && (
        <EmptyState icon={BrainCircuit} title="No providers yet" action={<AddProvider />}>
          Add OpenAI, Anthropic, Google or any server that speaks OpenAI’s API, such as Ollama on your own machine.
        </EmptyState>
      )}
    </SettingsSection>
  )
}

function Offer({ offer }: { offer: ProviderOffer }) {
  const { name, base_url: address, models } = offer
  const count = models.length === 1 ? 'one model' : `${models.length} models`
  return (
    <section
      aria-label={`Found: ${name}`}
      className="mb-4 flex items-center justify-between gap-4 rounded-lg border border-border bg-card px-4 py-3 text-[13px] shadow-card"
    >
      <div className="min-w-0">
        <p className="font-medium">An {name === 'ollama' ? 'Ollama' : name} runs on this machine</p>
        <p className="mt-0.5 text-xs break-words text-muted-foreground">
          {address}, with {count}
          {models.length > 0 && `: ${models.slice(0, 5).join(', ')}`}
        </p>
      </div>
      <AddProvider offer={offer} />
    </section>
  )
}
