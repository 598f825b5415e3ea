'use client'

import { useEffect } from 'react'
import { toast, Toaster as Sonner } from 'sonner'
import { takeMessages, useMessages } from './notify'

/** The messages on screen. */
export function ShownMessages() {
  const waiting = useMessages((messages) => messages.waiting)
  // Sonner listens once its own effect has run, which is before this one.
  useEffect(() => {
    for (const { kind, text, options } of waiting.length > 0 ? takeMessages() : []) {
      if (kind === 'plain') toast(text, options)
      else toast[kind](text, options)
    }
  }, [waiting])
  return (
    <Sonner
      position="bottom-right"
      containerAriaLabel="Messages"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-80 items-center gap-3 rounded-lg border border-border bg-card px-4 py-3 text-[13px] text-card-foreground shadow-dialog',
          content: 'min-w-0 flex-1 break-words',
          title: 'font-medium',
          description: 'text-muted-foreground',
          error: 'text-danger',
          actionButton:
            'h-7 shrink-0 rounded-md border border-input px-2.5 font-medium hover:bg-muted focus-visible:outline-2 focus-visible:outline-ring',
        },
      }}
    />
  )
}
