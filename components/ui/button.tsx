import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

const base =
  'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md px-3 text-[13px] font-medium whitespace-nowrap transition-colors focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-ring disabled:pointer-events-none disabled:opacity-60 aria-disabled:pointer-events-none aria-disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0'

const variants = {
  primary: 'bg-primary text-primary-foreground hover:bg-primary/90',
  outline: 'border border-input bg-card text-foreground hover:bg-muted',
  danger: 'bg-danger text-danger-foreground hover:bg-danger/90',
  quiet: 'text-muted-foreground hover:bg-muted hover:text-foreground',
}

export type ButtonVariant = keyof typeof variants

/** The look of a button, for links that act as one. */
export function buttonClass(variant: ButtonVariant = 'outline', more?: string): string {
  return clsx(base, variants[variant], more)
}

export function Button({
  variant,
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & { variant?: ButtonVariant }) {
  return <button type={type} className={buttonClass(variant, className)} {...rest} />
}
