'use client'

import { Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'

/** A button and the dialog it opens. What is in the dialog is told how to close it. */
export function DialogButton(props: {
  word: string
  /** What the button is called, where its word says too little. */
  label?: string
  /** Whether it makes something new: the page's main button. */
  isNew?: boolean
  title: string
  description?: string
  width?: 'narrow' | 'wide'
  children: (close: () => void) => ReactNode
}) {
  const { word, label, isNew = false, children, ...dialog } = props
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button
        variant={isNew ? 'primary' : 'quiet'}
        aria-haspopup="dialog"
        aria-label={label}
        onClick={() => setIsOpen(true)}
      >
        {isNew && <Plus aria-hidden />}
        {word}
      </Button>
      <Dialog isOpen={isOpen} onOpenChange={setIsOpen} {...dialog}>
        {children(() => setIsOpen(false))}
      </Dialog>
    </>
  )
}
