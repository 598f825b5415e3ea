import type { Metadata } from 'next'
import { ChangeName } from '@/components/settings/change-name'
import { ChangePassword } from '@/components/settings/change-password'
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
    { term: 'Name', text: name || 'None given', action: <ChangeName name={name} /> },
    { term: 'E-mail', text: email },
    { term: 'Password', text: 'Never shown', action: <ChangePassword email={email} /> },
    { term: 'Role', text: rights[role] },
  ]
  return (
    <SettingsSection title="Profile" about="Who you are in this installation.">
      <dl className="divide-y divide-border rounded-lg border border-border bg-card text-[13px] shadow-card">
        {lines.map(({ term, text, action }) => (
          <div key={term} className="flex min-h-12 items-center gap-4 px-4 py-2">
            <dt className="w-32 shrink-0 text-muted-foreground">{term}</dt>
            <dd className="flex min-w-0 flex-1 items-center justify-between gap-4">
              <span className="min-w-0 break-words">{text}</span>
              {action}
            </dd>
          </div>
        ))}
      </dl>
    </SettingsSection>
  )
}
