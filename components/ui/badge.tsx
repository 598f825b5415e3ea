import { clsx } from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

const tones = {
  neutral: 'text-muted-foreground',
  success: 'text-success',
  warning: 'text-warning',
  danger: 'text-danger',
  info: 'text-info',
}

export type Tone = keyof typeof tones

/** A status: icon, word and colour, so that none has to carry the meaning alone. */
export function Badge({ icon: Icon, tone, children }: { icon: LucideIcon; tone: Tone; children: ReactNode }) {
  return (
    <span className={clsx('inline-flex items-center gap-1.5 align-middle whitespace-nowrap', tones[tone])}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {children}
    </span>
  )
}
