import type { Metadata } from 'next'
import { OutboundRules } from '@/components/settings/outbound-rules'
import { OwnersOnly, SettingsSection } from '@/components/settings/settings-section'
import { readOutbound } from '@/lib/operations/read-outbound'
import { pageCall } from '../../page-call'

export const metadata: Metadata = { title: 'Outbound calls' }

export default async function OutboundPage() {
  const { principal } = await pageCall({ params: {}, query: {} })
  const isOwner = principal.scopes.includes('admin')
  return (
    <SettingsSection
      title="Outbound calls"
      about="Where HTTP requests, agents' tools and MCP servers may reach. The public internet is open; private networks are closed but for the hosts that are listed here."
    >
      {isOwner ? <OutboundRules allowed={readOutbound().allowed} /> : <OwnersOnly what="outbound calls" />}
    </SettingsSection>
  )
}
