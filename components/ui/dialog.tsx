'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './button'

/** A dialog over the page. It holds the focus while it is open and gives it back afterwards. */
export function Dialog(props: {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: string
  /** One sentence below the title, read out with it. */
  description?: ReactNode
  width?: 'narrow' | 'wide'
  children: ReactNode
}) {
  const { isOpen, onOpenChange, title, description, width = 'narrow', children } = props
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          {...(description === undefined && { 'aria-describedby': undefined })}
          className={`fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-lg border border-border bg-card p-5 text-card-foreground shadow-dialog focus-visible:outline-none ${width === 'wide' ? 'max-w-3xl' : 'max-w-md'}`}
        >
          <Radix.Title className="pr-8 text-sm font-semibold">{title}</Radix.Title>
          {description !== undefined && (
            <Radix.Description className="mt-1 text-[13px] text-muted-foreground">{description}</Radix.Description>
          )}
          {children}
          <Radix.Close asChild>
            <Button variant="quiet" aria-label="Close" className="absolute top-3 right-3 w-8 px-0">
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
