import type { Metadata } from 'next'
import { HealthList } from '@/components/settings/health-list'
import { RefreshButton } from '@/components/settings/refresh-button'
import { SettingsSection } from '@/components/settings/settings-section'
import type { Health } from '@/lib/contract/health'
import { isAppError } from '@/lib/contract/errors'
import { checkHealth } from '@/lib/operations/check-health'
import { pageCall } from '../../page-call'

export const metadata: Metadata = { title: 'System health' }

export default async function HealthPage() {
  await pageCall({ params: {}, query: {} })
  return (
    <SettingsSection
      title="System health"
      about="What GET /api/health tells a monitor, in words."
      action={<RefreshButton />}
    >
      <HealthList health={await readHealth()} />
    </SettingsSection>
  )
}

async function readHealth(): Promise<Health> {
  try {
    return await checkHealth()
  } catch (error) {
    // Its details are the whole Health, as the operation puts them there.
    if (isAppError(error) && error.code === 'OVERLOADED') return error.details as unknown as Health
    throw error
  }
}
