'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { useCanEdit } from '@/components/editor/workflow-context'
import { createCopilot, type Copilot } from '@/lib/editor/copilot'
import { copilotPanel, readCopilotAddress } from '@/lib/editor/copilot-address'
import type { CopilotState } from '@/lib/editor/copilot-state'
import { useEditor } from '@/lib/editor/editor-context'

const CopilotContext = createContext<Copilot | null>(null)

/** The copilot of the editor this is in. It lives as long as the editor: closing its panel ends no turn. */
export function CopilotProvider({ children }: { children: ReactNode }) {
  const editor = useEditor()
  const [copilot] = useState(() => createCopilot(editor))
  useAddress(copilot)
  return <CopilotContext value={copilot}>{children}</CopilotContext>
}

export function useCopilot(): Copilot {
  const copilot = use(CopilotContext)
  if (!copilot) throw new Error('This component has to be inside a CopilotProvider')
  return copilot
}

/** A part of the conversation. Pick, do not build. */
export function useCopilotState<Part>(pick: (state: CopilotState) => Part): Part {
  return useStore(useCopilot().store, pick)
}

/** Other pages open the panel by an address; nothing is asked until a person sends it. */
function useAddress(copilot: Copilot): void {
  const editor = useEditor()
  const canEdit = useCanEdit()
  const router = useRouter()
  const path = usePathname()
  const search = useSearchParams()
  useEffect(() => {
    const asked = readCopilotAddress(search)
    if (!asked || !canEdit) return
    editor.setView({ panel: copilotPanel })
    if (asked.executionId !== null) copilot.askAbout(asked.executionId, 'Explain this failure.')
    router.replace(path, { scroll: false })
  }, [copilot, editor, canEdit, router, path, search])
}
