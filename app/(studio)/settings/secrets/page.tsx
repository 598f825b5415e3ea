import { Lock } from 'lucide-react'
import type { Metadata } from 'next'
import { PutSecret } from '@/components/settings/put-secret'
import { SecretTable } from '@/components/settings/secret-table'
import { OwnersOnly, SettingsSection } from '@/components/settings/settings-section'
import { EmptyState } from '@/components/ui/empty-state'
import { listSecrets } from '@/lib/operations/list-secrets'
import { pageCall } from '../../page-call'

export const metadata: Metadata = { title: 'Secrets' }

export default async function SecretsPage() {
  const { principal } = await pageCall({ params: {}, query: {} })
  const isOwner = principal.scopes.includes('admin')
  const secrets = isOwner ? (await listSecrets()).secrets : []
  return (
    <SettingsSection
      title="Secrets"
      about="Passwords and tokens that blocks send to other systems, such as an API token in a header of an HTTP request. Values are write-only and kept out of logs."
      action={isOwner && secrets.length > 0 && <PutSecret />}
    >
      {!isOwner && <OwnersOnly what="secrets" />}
      {isOwner && secrets.length > 0 && <SecretTable secrets={secrets} now={new Date()} />}
      {isOwner && secrets.length === 0 && (
        <EmptyState icon={Lock} title="No secrets yet" action={<PutSecret />}>
          Put a token here once, then write its reference where a request needs it. The token itself stays out of the
          graph.
        </EmptyState>
      )}
    </SettingsSection>
  )
}
