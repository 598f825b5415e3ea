'use client'

import { Check, type LucideIcon } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'

const itemClass =
  'flex h-8 items-center gap-2 rounded-sm px-2 text-[13px] outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-muted [&_svg]:size-4 [&_svg]:shrink-0'

/** A menu that drops from a button. `trigger` is the button itself. */
export function Menu(props: { trigger: ReactNode; align?: 'start' | 'end'; children: ReactNode }) {
  const { trigger, align = 'end', children } = props
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-44 rounded-md border border-border bg-card p-1 text-card-foreground shadow-dialog"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** A line of a menu that does something. */
export function MenuItem(
  props: ComponentProps<typeof DropdownMenu.Item> & { icon?: LucideIcon; tone?: 'danger'; children: ReactNode },
) {
  const { icon: Icon, tone, children, ...rest } = props
  return (
    <DropdownMenu.Item className={`${itemClass} ${tone === 'danger' ? 'text-danger' : ''}`} {...rest}>
      {Icon && <Icon aria-hidden />}
      {children}
    </DropdownMenu.Item>
  )
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-border" />
}

/** One choice out of several, with a tick at the one that holds. */
export function MenuChoice<Value extends string>(props: {
  label: string
  value: Value
  choices: readonly { value: Value; word: string; icon?: LucideIcon }[]
  onChoose: (value: Value) => void
}) {
  const { label, value, choices, onChoose } = props
  const choose = (word: string) => {
    const choice = choices.find((one) => one.value === word)
    if (choice) onChoose(choice.value)
  }
  return (
    <DropdownMenu.RadioGroup aria-label={label} value={value} onValueChange={choose}>
      {choices.map(({ value: one, word, icon: Icon }) => (
        <DropdownMenu.RadioItem key={one} value={one} className={itemClass}>
          {Icon && <Icon aria-hidden />}
          <span className="flex-1">{word}</span>
          <DropdownMenu.ItemIndicator>
            <Check aria-hidden />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}
