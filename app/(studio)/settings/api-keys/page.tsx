import { KeyRound } from 'lucide-react'
import type { Metadata } from 'next'
import { ApiKeyTable } from '@/components/settings/api-key-table'
import { CreateApiKey } from '@/components/settings/create-api-key'
import { OwnersOnly, SettingsSection } from '@/components/settings/settings-section'
import { EmptyState } from '@/components/ui/empty-state'
import { listApiKeys } from '@/lib/operations/list-api-keys'
import { pageCall } from '../../page-call'

export const metadata: Metadata = { title: 'API keys' }

export default async function ApiKeysPage() {
  const { principal } = await pageCall({ params: {}, query: {} })
  const isOwner = principal.scopes.includes('admin')
  const keys = isOwner ? (await listApiKeys()).api_keys : []
  return (
    <SettingsSection
      title="API keys"
      about={
        <>
          For programs that call this installation. They send a key as{' '}
          <code className="font-mono text-xs">Authorization: Bearer …</code>.
        </>
      }
      action={isOwner && keys.length > 0 && <CreateApiKey />}
    >
      {!isOwner && <OwnersOnly what="API keys" />}
      {isOwner && keys.length > 0 && <ApiKeyTable keys={keys} now={new Date()} />}
      {isOwner && keys.length === 0 && (
        <EmptyState icon={KeyRound} title="No API keys yet" action={<CreateApiKey />}>
          A key lets a program start workflows, read what they did, or change them, as far as you let it.
        </EmptyState>
      )}
    </SettingsSection>
  )
}
