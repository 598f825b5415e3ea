'use client'

import { CircleAlert, Cloud, CloudCheck, CloudOff, LoaderCircle, Users } from 'lucide-react'
import { Badge, type Tone } from '@/components/ui/badge'
import { Button, buttonClass } from '@/components/ui/button'
import { signedOut } from '@/lib/editor/autosave'
import { useAutosave } from '@/lib/editor/editor-context'
import type { SaveState as State } from '@/lib/editor/editor-state'
import { useSaveState } from '@/lib/editor/use-editor'

const looks: Record<State['state'], { icon: typeof Cloud; tone: Tone; word: string }> = {
  saved: { icon: CloudCheck, tone: 'neutral', word: 'Saved' },
  dirty: { icon: Cloud, tone: 'neutral', word: 'Edited' },
  saving: { icon: LoaderCircle, tone: 'neutral', word: 'Saving…' },
  offline: { icon: CloudOff, tone: 'warning', word: 'Not saved: no connection' },
  conflict: { icon: Users, tone: 'warning', word: 'Changed elsewhere' },
  refused: { icon: CircleAlert, tone: 'danger', word: 'Not saved' },
}

/** Where the newest edit is, always in sight. */
export function SaveState() {
  const save = useSaveState()
  const { icon, tone, word } = looks[save.state]
  return (
    <span role="status" aria-label="Saving" className="text-xs">
      <Badge icon={icon} tone={tone}>
        {word}
      </Badge>
    </span>
  )
}

/** What stands in the way of saving, and what can be done about it. Below the header while it lasts. */
export function SaveNotice() {
  const save = useSaveState()
  const autosave = useAutosave()
  switch (save.state) {
    case 'offline':
      return (
        <Notice text={`${save.message} Your edits are kept here and saved as soon as that works again.`}>
          <Button onClick={() => autosave.retry()}>Try now</Button>
        </Notice>
      )
    case 'refused':
      if (save.code === signedOut) return <SignedOut onRetry={() => autosave.retry()} />
      return (
        <Notice text={`The server did not take this graph: ${save.message}`}>
          <Button onClick={() => autosave.retry()}>Try again</Button>
        </Notice>
      )
    case 'conflict':
      return (
        <Notice text={conflictText(save)}>
          {save.hasOwnEdits && save.overlaps.length === 0 && (
            <Button variant="primary" onClick={() => autosave.merge()}>
              Merge
            </Button>
          )}
          <Button onClick={() => autosave.reload()}>Load theirs</Button>
        </Notice>
      )
    default:
      return null
  }
}

function SignedOut({ onRetry }: { onRetry: () => void }) {
  return (
    <Notice text="You are signed out. Your edits are kept here: sign in in another tab, and they are saved when you come back.">
      <a href="/sign-in" target="_blank" rel="noreferrer" className={buttonClass('primary')}>
        Sign in
      </a>
      <Button onClick={onRetry}>Try again</Button>
    </Notice>
  )
}

function conflictText({ hasOwnEdits, overlaps }: Extract<State, { state: 'conflict' }>): string {
  if (!hasOwnEdits) return 'Somebody saved a newer version of this workflow.'
  if (overlaps.length === 0)
    return 'Somebody saved a newer version. Your edits do not touch theirs: merge them, or load theirs (undo brings yours back).'
  const places = overlaps.length === 1 ? 'the same place' : `${overlaps.length} of the same places`
  return `Somebody saved a newer version, and both of you changed ${places}. Loading theirs drops your edits; undo brings them back.`
}

function Notice({ text, children }: { text: string; children: React.ReactNode }) {
  return (
    <div
      role="alert"
      className="flex shrink-0 items-center gap-3 border-b border-border bg-warning/10 px-4 py-2 text-[13px]"
    >
      <p className="min-w-0 flex-1">{text}</p>
      {children}
    </div>
  )
}
