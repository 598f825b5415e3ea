'use client'

import { Inspector } from '@/components/inspector/inspector'
import { useEditorState } from '@/lib/editor/editor-context'
import { useSelectedBlockId } from '@/lib/editor/use-editor'
import { sidePanels } from './side-panels'
import { useLastData } from './use-last-data'

/** The right side: the panel that was asked for, else the settings of the selected block. */
export function SidePanel() {
  const panel = useEditorState(({ view }) => view.panel)
  const blockId = useSelectedBlockId()
  useLastData(blockId !== null)
  const Panel = panel === null ? undefined : sidePanels[panel]
  if (Panel) return <Panel />
  return blockId === null ? null : <Inspector key={blockId} blockId={blockId} />
}
