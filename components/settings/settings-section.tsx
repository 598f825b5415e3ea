import type { ReactNode } from 'react'

/** One page of the settings: what it is for, its button, its content. */
export function SettingsSection(props: { title: string; about: ReactNode; action?: ReactNode; children: ReactNode }) {
  const { title, about, action, children } = props
  return (
    <section aria-labelledby="settings-title" className="min-w-0 flex-1">
      <div className="mb-4 flex items-start justify-between gap-4">
        <div>
          <h1 id="settings-title" className="text-lg font-semibold">
            {title}
          </h1>
          <p className="mt-1 max-w-xl text-[13px] text-pretty text-muted-foreground">{about}</p>
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}

/** What someone sees who may not see a page's content. */
export function OwnersOnly({ what }: { what: string }) {
  return (
    <p className="rounded-lg border border-border bg-card px-4 py-6 text-[13px] text-muted-foreground">
      Only owners manage {what}. Ask an owner of this installation.
    </p>
  )
}
