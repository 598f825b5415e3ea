'use client'

import { useFacts, useFactsActions } from '@/components/editor/workflow-context'
import type { Json } from '@/lib/contract/json'
import { useEditor } from '@/lib/editor/editor-context'
import { changePin } from '@/lib/editor/pins'

/** What is pinned to a block, undefined when nothing is, and pinning something else; undefined takes the pin away. */
export function usePin(blockId: string): {
  pinned: Json | undefined
  setPin: (data: Json | undefined) => Promise<void>
} {
  const { workflowId } = useEditor()
  const { set } = useFactsActions()
  const pinned = useFacts(({ pins }) => (Object.hasOwn(pins, blockId) ? pins[blockId] : undefined))
  return {
    pinned,
    setPin: async (data) => set({ pins: await changePin(workflowId, blockId, data) }),
  }
}
