'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useRef, type ReactNode } from 'react'
import { Button } from './button'

/** A dialog over the page. It holds the focus while it is open and gives it back afterwards. */
export function Dialog(props: {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: string
  /** One sentence below the title, read out with it. */
  description?: ReactNode
  width?: 'narrow' | 'wide'
  /** Where the focus goes afterwards, when that is not where it was before. */
  returnFocus?: () => void
  children: ReactNode
}) {
  const { isOpen, onOpenChange, title, description, width = 'narrow', returnFocus, children } = props
  const opener = useRef<Element | null>(null)
  const giveBack = () => {
    if (returnFocus) returnFocus()
    else if (opener.current instanceof HTMLElement) opener.current.focus()
  }
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          {...(description === undefined && { 'aria-describedby': undefined })}
          onOpenAutoFocus={() => (opener.current = document.activeElement)}
          // Radix gives it to a trigger of its own, which these dialogs have none of.
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            giveBack()
          }}
          className={`fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-lg border border-border bg-card p-5 text-card-foreground shadow-dialog focus-visible:outline-none ${width === 'wide' ? 'max-w-3xl' : 'max-w-md'}`}
        >
          <Radix.Title className="pr-8 text-sm font-semibold">{title}</Radix.Title>
          {description !== undefined && (
            <Radix.Description className="mt-1 text-[13px] text-pretty text-muted-foreground">
              {description}
            </Radix.Description>
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
