'use client'

import { useDeferredValue, useState } from 'react'
import { Inspector, InspectorFrame } from '@/components/inspector/inspector'
import { useEditorState } from '@/lib/editor/editor-context'
import { useSelectedBlockId } from '@/lib/editor/use-editor'
import { sidePanels } from './side-panels'
import { useLastData } from './use-last-data'

/** The right side: the panel that was asked for, else the settings of the selected block. They take longer to draw than a
 *  frame, so they come when there is time: a drag, which selects its block, is not held up. */
export function SidePanel() {
  const panel = useEditorState(({ view }) => view.panel)
  const blockId = useSelectedBlockId()
  const shownId = useDeferredValue(blockId)
  const [tab, setTab] = useState('settings')
  useLastData(blockId !== null)
  const Panel = panel === null ? undefined : sidePanels[panel]
  if (Panel) return <Panel />
  if (blockId === null) return null
  return shownId === blockId ? (
    <Inspector key={blockId} blockId={blockId} lastTab={tab} onTab={setTab} />
  ) : (
    <InspectorFrame />
  )
}
