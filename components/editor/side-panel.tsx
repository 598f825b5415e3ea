'use client'

import { useDeferredValue, useState } from 'react'
import { Inspector, InspectorFrame } from '@/components/inspector/inspector'
import { useEditorState } from '@/lib/editor/editor-context'
import { useSelectedBlockId } from '@/lib/editor/use-editor'
import { sidePanels } from './side-panels'
import { useLastData } from './use-last-data'
import { useStage } from './workflow-context'

/** The right side: the panel that was asked for, else the settings of the selected block. They take longer to draw than a
 *  frame, so they come when there is time. A drag selects its block, and leaves no time: they come when it is over, and
 *  until then the canvas keeps its size under the pointer. */
export function SidePanel() {
  const panel = useEditorState(({ view }) => view.panel)
  const blockId = useUndraggedBlockId()
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

/** The one block that is selected; while blocks are dragged, the one that was before. */
function useUndraggedBlockId(): string | null {
  const blockId = useSelectedBlockId()
  const isDragging = useStage((stage) => stage.isDragging)
  const [before, setBefore] = useState(blockId)
  if (!isDragging && before !== blockId) setBefore(blockId)
  return isDragging ? before : blockId
}
