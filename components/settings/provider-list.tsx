'use client'

import { CircleCheck, CircleX, Plug } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { formatDuration } from '@/components/ui/duration'
import type { ProviderItem, ProviderTest } from '@/lib/contract/providers'
import { messageOf } from '@/lib/editor/api-client'
import { testProvider } from '@/lib/editor/provider-client'
import { DeleteProvider } from './delete-provider'
import { kindTitles } from './provider-presets'
import { EditProvider } from './put-provider'

/** The providers, each with a test that makes a real call. */
export function ProviderList({ providers }: { providers: readonly ProviderItem[] }) {
  return (
    <ul
      aria-label="Providers"
      className="divide-y divide-border rounded-lg border border-border bg-card text-[13px] shadow-card"
    >
      {providers.map((provider) => (
        <ProviderRow key={`${provider.source} ${provider.name}`} provider={provider} />
      ))}
    </ul>
  )
}

function ProviderRow({ provider }: { provider: ProviderItem }) {
  const [test, setTest] = useState<ProviderTest | 'running' | null>(null)
  const run = async () => {
    setTest('running')
    try {
      setTest(await testProvider(provider.name))
    } catch (error) {
      setTest({ ok: false, model: null, error: messageOf(error), duration_ms: 0 })
    }
  }
  return (
    <li aria-label={provider.name} className="px-4 py-3">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{provider.name}</span>
            <span className="text-xs text-muted-foreground">{kindTitles[provider.kind]}</span>
            {provider.is_default && <span className="text-xs text-info">Default provider</span>}
          </p>
          <p className="mt-0.5 text-xs break-words text-muted-foreground">{factsOf(provider).join(' · ')}</p>
        </div>
        <div className="flex shrink-0 gap-1">
          <Button aria-label={`Test ${provider.name}`} disabled={test === 'running'} onClick={() => void run()}>
            <Plug aria-hidden />
            {test === 'running' ? 'Testing…' : 'Test'}
          </Button>
          {provider.source === 'settings' && (
            <>
              <EditProvider provider={provider} />
              <DeleteProvider name={provider.name} />
            </>
          )}
        </div>
      </div>
      <div role="status">{test !== null && test !== 'running' && <TestResult test={test} />}</div>
    </li>
  )
}

function TestResult({ test }: { test: ProviderTest }) {
  const took = `${test.model ?? 'No model'} · ${formatDuration(test.duration_ms)}`
  return (
    <div className="mt-2 rounded-md border border-border bg-background px-3 py-2 text-xs">
      <Badge icon={test.ok ? CircleCheck : CircleX} tone={test.ok ? 'success' : 'danger'}>
        {test.ok ? 'It answers' : 'It does not answer'}
      </Badge>
      <span className="ml-2 font-mono text-muted-foreground">{took}</span>
      <p className="mt-1 break-words">{test.ok ? `“${test.output.trim()}”` : test.error}</p>
    </div>
  )
}

function factsOf(provider: ProviderItem): string[] {
  const own = Object.keys(provider.models).length
  return [
    provider.source === 'environment' ? 'From the environment, not to be changed here' : '',
    provider.base_url ?? 'The vendor’s own address',
    provider.has_key ? 'Key stored' : 'No key',
    provider.default_model ? `Default model ${provider.default_model}` : 'No default model',
    own > 0 ? `Prices or limits for ${own} ${own === 1 ? 'model' : 'models'}` : '',
  ].filter(Boolean)
}
