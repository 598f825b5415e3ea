'use client'

import { useRouter } from 'next/navigation'
import { useState, type SubmitEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { toast } from '@/components/ui/notify'
import type { RetentionLimits } from '@/lib/contract/retention'
import { messageOf } from '@/lib/editor/api-client'
import { updateWorkflow } from '@/lib/editor/workflow-client'
import { maxRetentionCount, maxRetentionDays } from '@/lib/limits'

type Own = RetentionLimits & { id: string; name: string }

/** The button that gives a workflow a rule of its own, or takes it away. */
export function ChangeRetention({ workflow }: { workflow: Own }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button
        variant="quiet"
        aria-haspopup="dialog"
        aria-label={`Change what ${workflow.name} keeps`}
        onClick={() => setIsOpen(true)}
      >
        Change
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={`What ${workflow.name} keeps`}
        description="What is left blank is as the installation says. Older executions go within minutes."
      >
        <RetentionForm workflow={workflow} onClose={() => setIsOpen(false)} />
      </Dialog>
    </>
  )
}

function RetentionForm({ workflow: { id, name, days, count }, onClose }: { workflow: Own; onClose: () => void }) {
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const router = useRouter()
  const keep = async (form: FormData) => {
    setIsBusy(true)
    try {
      await updateWorkflow(id, {
        retention_days: numberIn(form, 'days'),
        retention_count: numberIn(form, 'count'),
      })
      toast.success(`The retention of ${name} is changed`)
      router.refresh()
      onClose()
    } catch (error) {
      setProblem(messageOf(error))
      setIsBusy(false)
    }
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    void keep(new FormData(event.currentTarget))
  }
  return (
    <form onSubmit={submit} className="mt-4">
      <Field label="Days" name="days" type="number" min={1} max={maxRetentionDays} defaultValue={days ?? ''} />
      <Field
        label="Executions"
        name="count"
        type="number"
        min={1}
        max={maxRetentionCount}
        defaultValue={count ?? ''}
        hint="Of the ended ones, the newest so many."
      />
      <p role="alert" className="min-h-5 text-danger">
        {problem}
      </p>
      <div className="mt-2 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" type="submit" disabled={isBusy}>
          {isBusy ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </form>
  )
}

function numberIn(form: FormData, field: string): number | null {
  const text = String(form.get(field) ?? '').trim()
  return text === '' ? null : Number(text)
}
