'use client'

import { Eye, EyeOff, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useCanEdit } from '@/components/editor/workflow-context'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { rotateCredentials } from '@/lib/editor/canvas-actions'
import { useEditor } from '@/lib/editor/editor-context'
import { useWriteField, type ControlProps } from './use-write-field'
import { textOfValue } from './template-field'

/** A credential of the block: masked until somebody asks to see it; made anew with a button. */
export function CredentialField({ id, block, field, isInvalid, describedBy }: ControlProps) {
  const editor = useEditor()
  const canEdit = useCanEdit()
  const write = useWriteField(block, field)
  const [isRevealed, setIsRevealed] = useState(false)
  const value = textOfValue(block.config[field.key])
  const Icon = isRevealed ? EyeOff : Eye
  return (
    <>
      <div className="relative">
        <input
          id={id}
          // Masked by dots of our own: a password field would have the browser offer to keep it.
          value={isRevealed ? value : '•'.repeat(Math.min(value.length, 24))}
          readOnly={!isRevealed || !canEdit}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={isInvalid}
          aria-describedby={describedBy}
          onChange={(event) => write(event.target.value)}
          onBlur={() => editor.endGesture()}
          className="h-8 w-full rounded-md border border-input bg-background pr-9 pl-2.5 font-mono text-xs focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring aria-invalid:border-warning"
        />
        <button
          type="button"
          aria-label={`${isRevealed ? 'Hide' : 'Show'}: ${field.title}`}
          onClick={() => setIsRevealed(!isRevealed)}
          className="absolute top-1 right-1 grid size-6 place-items-center rounded-sm text-muted-foreground hover:bg-muted focus-visible:outline-2 focus-visible:outline-ring"
        >
          <Icon aria-hidden className="size-3.5" />
        </button>
      </div>
      <div className="mt-1.5 flex gap-2">
        <CopyButton text={value} label="Copy" />
        {canEdit && (
          <Button onClick={() => rotateCredentials(editor, block.id, [field.key])}>
            <RefreshCw aria-hidden />
            New
          </Button>
        )}
      </div>
    </>
  )
}
