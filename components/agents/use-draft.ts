'use client'

import { useEffect, useRef, useState } from 'react'
import { messageOf } from '@/lib/editor/api-client'

/** Something that is edited in a form and saved as a whole. `store` saves it and tells what that changed in it, ids of
 *  new parts for instance: more may have been typed meanwhile. */
export function useDraft<Draft extends object>(
  first: Draft,
  store: (draft: Draft) => Promise<(current: Draft) => Draft>,
) {
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState(first)
  const [saved, setSaved] = useState(first)
  const [isSaving, setIsSaving] = useState(false)
  const [problem, setProblem] = useState('')
  const isChanged = draft !== saved
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const save = async (): Promise<boolean> => {
    setIsSaving(true)
    setProblem('')
    try {
      const adopt = await store(draft)
      const stored = adopt(draft)
      setSaved(stored)
      setDraft((current) => (current === draft ? stored : adopt(current)))
      return true
    } catch (error) {
      setProblem(messageOf(error))
      return false
    } finally {
      setIsSaving(false)
    }
  }
  /** What is tried is what is shown: saves it, and is false when that cannot be. */
  const saveFirst = async (): Promise<boolean> =>
    !isChanged || ((form.current?.reportValidity() ?? true) && (await save()))
  useLeaveGuard(isChanged)
  return { form, draft, change, isChanged, isSaving, problem, save, saveFirst }
}

/** The browser asks before a page with unsaved changes is left. */
function useLeaveGuard(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return
    const guard = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', guard)
    return () => window.removeEventListener('beforeunload', guard)
  }, [isChanged])
}
