'use client'

import type { LucideIcon } from 'lucide-react'
import { ContextMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

/** A menu at the pointer (or at what has the focus, with the menu key). `children` is what it belongs to. It gives the
 *  focus back when it closes, unless `keepsFocus` says that a choice has opened something of its own. */
export function ContextMenu(props: { items: ReactNode; keepsFocus?: () => boolean; children: ReactNode }) {
  const { items, keepsFocus = () => true, children } = props
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            if (!keepsFocus()) event.preventDefault()
          }}
          className="z-50 min-w-52 rounded-md border border-border bg-card p-1 text-card-foreground shadow-dialog"
        >
          {items}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** A line of the menu. `keys` are shown beside it: how to do the same without the menu. */
export function ContextMenuItem(props: {
  icon: LucideIcon
  keys?: string
  tone?: 'danger'
  disabled?: boolean
  onSelect: () => void
  children: ReactNode
}) {
  const { icon: Icon, keys, tone, disabled = false, onSelect, children } = props
  return (
    <Radix.Item
      disabled={disabled}
      onSelect={onSelect}
      className={`flex h-8 items-center gap-2 rounded-sm px-2 text-[13px] outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-muted [&_svg]:size-4 [&_svg]:shrink-0 ${tone === 'danger' ? 'text-danger' : ''}`}
    >
      <Icon aria-hidden />
      <span className="flex-1">{children}</span>
      {keys && <kbd className="font-mono text-xs text-muted-foreground">{keys}</kbd>}
    </Radix.Item>
  )
}

export function ContextMenuSeparator() {
  return <Radix.Separator className="my-1 h-px bg-border" />
}
