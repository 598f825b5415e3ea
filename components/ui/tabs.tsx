'use client'

import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

/** Several views of one thing, one shown at a time. Arrow keys move between them. */
export function Tabs(props: {
  label: string
  tabs: readonly { id: string; title: string; content: ReactNode }[]
  /** The one that is shown to begin with; the first when absent. */
  begin?: string
  onChoose?: (id: string) => void
}) {
  const { label, tabs, begin, onChoose } = props
  return (
    <Radix.Root defaultValue={begin ?? tabs[0]?.id ?? ''} onValueChange={onChoose}>
      <Radix.List aria-label={label} className="flex gap-4 border-b border-border">
        {tabs.map(({ id, title }) => (
          <Radix.Trigger
            key={id}
            value={id}
            className="-mb-px h-8 border-b-2 border-transparent text-[13px] text-muted-foreground hover:text-foreground focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring data-[state=active]:border-primary data-[state=active]:font-medium data-[state=active]:text-foreground"
          >
            {title}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(({ id, content }) => (
        <Radix.Content key={id} value={id} className="pt-3 focus-visible:outline-2 focus-visible:outline-ring">
          {content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
