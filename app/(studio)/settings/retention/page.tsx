import type { Metadata } from 'next'
import { RetentionRules } from '@/components/settings/retention-rules'
import { SettingsSection } from '@/components/settings/settings-section'
import { readRetention } from '@/lib/operations/read-retention'
import { pageCall } from '../../page-call'

export const metadata: Metadata = { title: 'Retention' }

export default async function RetentionPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const { q } = await props.searchParams
  const query = { q: typeof q === 'string' ? q : '' }
  const call = await pageCall({ params: {}, query })
  return (
    <SettingsSection
      title="Retention"
      about="How long ended executions stay, with their inputs, outputs and logs. What is kept by hand stays whatever is said here."
    >
      <RetentionRules
        retention={await readRetention(call)}
        search={query.q}
        canEdit={call.principal.scopes.includes('write')}
      />
    </SettingsSection>
  )
}
