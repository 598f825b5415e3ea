'use client'

import { useRouter } from 'next/navigation'
import { DialogButton } from '@/components/frame/dialog-button'
import { DialogForm } from '@/components/frame/dialog-form'
import { Field } from '@/components/ui/field'
import { toast } from '@/components/ui/notify'
import type { RetentionLimits } from '@/lib/contract/retention'
import { updateWorkflow } from '@/lib/editor/workflow-client'
import { maxRetentionCount, maxRetentionDays } from '@/lib/limits'

type Own = RetentionLimits & { id: string; name: string }

/** The button that gives a workflow a rule of its own, or takes it away. */
export function ChangeRetention({ workflow }: { workflow: Own }) {
  return (
    <DialogButton
      word="Change"
      label={`Change what ${workflow.name} keeps`}
      title={`What ${workflow.name} keeps`}
      description="What is left blank is as the installation says. Older executions go within minutes."
    >
      {(close) => <RetentionForm workflow={workflow} onClose={close} />}
    </DialogButton>
  )
}

function RetentionForm({ workflow: { id, name, days, count }, onClose }: { workflow: Own; onClose: () => void }) {
  const router = useRouter()
  const keep = async (form: FormData) => {
    await updateWorkflow(id, {
      retention_days: numberIn(form, 'days'),
      retention_count: numberIn(form, 'count'),
    })
    toast.success(`The retention of ${name} is changed`)
    router.refresh()
    onClose()
  }
  return (
    <DialogForm action="Save" busyAction="Saving…" send={keep} onCancel={onClose}>
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
    </DialogForm>
  )
}

function numberIn(form: FormData, field: string): number | null {
  const text = String(form.get(field) ?? '').trim()
  return text === '' ? null : Number(text)
}
