import type { Metadata } from 'next'
import { SettingsSection } from '@/components/settings/settings-section'
import type { Role } from '@/lib/contract/principal'
import { readProfile } from '@/lib/operations/read-profile'
import { pageCall } from '../../page-call'

export const metadata: Metadata = { title: 'Profile' }

const rights: Record<Role, string> = {
  viewer: 'Viewer: sees workflows and executions',
  editor: 'Editor: builds, deploys and runs workflows',
  owner: 'Owner: everything, keys, secrets and settings included',
}

export default async function ProfilePage() {
  const { name, email, role } = await readProfile(await pageCall({ params: {}, query: {} }))
  const lines = [
    ['Name', name || 'None given'],
    ['E-mail', email],
    ['Role', rights[role]],
  ] as const
  return (
    <SettingsSection title="Profile" about="Who you are in this installation.">
      <dl className="divide-y divide-border rounded-lg border border-border bg-card text-[13px] shadow-card">
        {lines.map(([term, text]) => (
          <div key={term} className="flex gap-4 px-4 py-3">
            <dt className="w-32 shrink-0 text-muted-foreground">{term}</dt>
            <dd className="min-w-0 break-words">{text}</dd>
          </div>
        ))}
      </dl>
    </SettingsSection>
  )
}
