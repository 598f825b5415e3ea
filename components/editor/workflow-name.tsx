'use client'

import { useState } from 'react'
import { toast } from '@/components/ui/notify'
import { messageOf, send } from '@/lib/editor/api-client'
import { useEditor } from '@/lib/editor/editor-context'
import { maxNameChars } from '@/lib/limits'
import { useCanEdit, useFacts, useFactsActions } from './workflow-context'

/** The workflow's name, renamed where it stands. */
export function WorkflowName() {
  const { workflowId } = useEditor()
  const name = useFacts((facts) => facts.name)
  const { set } = useFactsActions()
  const canEdit = useCanEdit()
  const [isEditing, setIsEditing] = useState(false)
  const keep = async (typed: string) => {
    setIsEditing(false)
    const next = typed.trim()
    if (next === '' || next === name) return
    set({ name: next })
    try {
      await send('PATCH', `/api/workflows/${workflowId}`, { name: next })
    } catch (error) {
      set({ name })
      toast.error(messageOf(error))
    }
  }
  if (isEditing)
    return <NameInput name={name} onKeep={(typed) => void keep(typed)} onLeave={() => setIsEditing(false)} />
  return (
    <h1 className="flex min-w-0 text-sm font-semibold" title={name}>
      {canEdit ? (
        <button
          type="button"
          aria-label={`${name}: rename`}
          onClick={() => setIsEditing(true)}
          className="-mx-1 min-w-0 truncate rounded px-1 hover:bg-muted focus-visible:outline-2 focus-visible:outline-ring"
        >
          {name}
        </button>
      ) : (
        <span className="truncate">{name}</span>
      )}
    </h1>
  )
}

function NameInput(props: { name: string; onKeep: (typed: string) => void; onLeave: () => void }) {
  const { name, onKeep, onLeave } = props
  return (
    <input
      autoFocus
      aria-label="Name of the workflow"
      defaultValue={name}
      maxLength={maxNameChars}
      onFocus={(event) => event.target.select()}
      onBlur={(event) => onKeep(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onKeep(event.currentTarget.value)
        if (event.key === 'Escape') onLeave()
      }}
      className="h-8 w-72 min-w-0 rounded-md border border-input bg-background px-2 text-sm font-semibold focus-visible:outline-2 focus-visible:outline-ring"
    />
  )
}
