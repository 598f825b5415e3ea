'use client'

import { type ReactNode, type RefObject, type SubmitEvent } from 'react'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/notify'

/** The form around a draft, with what is wrong, what is unsaved and the button that saves. */
export function DraftForm(props: {
  /** `agent`, `orchestration`. */
  thing: string
  form: RefObject<HTMLFormElement | null>
  canEdit: boolean
  isChanged: boolean
  isSaving: boolean
  problem: string
  save: () => Promise<boolean>
  /** Other buttons beside the one that saves. */
  actions: ReactNode
  children: ReactNode
}) {
  const { thing, form, canEdit, isChanged, isSaving, problem, save, actions, children } = props
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    void save().then((isSaved) => isSaved && toast.success(`The ${thing} is saved`))
  }
  return (
    <form ref={form} aria-label={`Settings of the ${thing}`} onSubmit={submit} className="min-w-0">
      <fieldset disabled={!canEdit} className="flex min-w-0 flex-col gap-4">
        {children}
      </fieldset>
      {canEdit && (
        <div className="sticky bottom-0 mt-4 flex items-center gap-3 border-t border-border bg-background py-3">
          <p role="alert" className="min-w-0 flex-1 text-[13px] break-words text-danger">
            {problem}
          </p>
          <span role="status" className="text-xs text-muted-foreground">
            {isChanged ? 'Unsaved changes' : 'Saved'}
          </span>
          {actions}
          <Button variant="primary" type="submit" disabled={isSaving || !isChanged}>
            {isSaving ? 'Saving…' : `Save ${thing}`}
          </Button>
        </div>
      )}
    </form>
  )
}

/** One part of such a form. */
export function FormPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="rounded-lg border border-border bg-card px-4 pt-4 shadow-card">
      <h2 className="mb-3 text-sm font-semibold">{title}</h2>
      {children}
    </section>
  )
}
