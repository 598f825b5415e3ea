'use client'

import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  CopyPlus,
  Pencil,
  Plus,
  Power,
  Settings2,
  Spline,
  Trash2,
  Unplug,
  type LucideIcon,
} from 'lucide-react'
import { useCanEdit } from '@/components/editor/workflow-context'
import { Button } from '@/components/ui/button'
import { useEditor } from '@/lib/editor/editor-context'
import { actOn, type OutlineAct, type OutlineOpen } from './outline-acts'
import type { Outline } from './use-outline'

const acts: readonly { act: OutlineAct; icon: LucideIcon; name: string; keys: string }[] = [
  { act: 'settings', icon: Settings2, name: 'Open the settings', keys: 'Enter' },
  { act: 'rename', icon: Pencil, name: 'Rename', keys: 'F2' },
  { act: 'toggle', icon: Power, name: 'Enable or disable', keys: 'E' },
  { act: 'duplicate', icon: CopyPlus, name: 'Duplicate', keys: 'Ctrl D' },
  { act: 'insert', icon: Plus, name: 'Insert after…', keys: 'I' },
  { act: 'connections', icon: Spline, name: 'Connections…', keys: 'C' },
  { act: 'disconnect', icon: Unplug, name: 'Disconnect from what leads here', keys: 'X' },
  { act: 'delete', icon: Trash2, name: 'Delete', keys: 'Del' },
  { act: 'move-left', icon: ArrowLeft, name: 'Move left', keys: 'Alt Left' },
  { act: 'move-right', icon: ArrowRight, name: 'Move right', keys: 'Alt Right' },
  { act: 'move-up', icon: ArrowUp, name: 'Move up', keys: 'Alt Up' },
  { act: 'move-down', icon: ArrowDown, name: 'Move down', keys: 'Alt Down' },
]

/** What can be done with the line the keyboard is on; each says its key. */
export function OutlineActions({ outline: { current }, open }: { outline: Outline; open: OutlineOpen }) {
  const editor = useEditor()
  const canEdit = useCanEdit()
  if (!current) return null
  const { block, edgeId } = current
  const shown = acts.filter(({ act }) => (canEdit || act === 'settings') && (act !== 'disconnect' || edgeId !== null))
  const rows = [shown.filter(({ act }) => !act.startsWith('move')), shown.filter(({ act }) => act.startsWith('move'))]
  return (
    <div className="shrink-0 border-t border-border p-2">
      <p className="mb-1 truncate px-1 text-xs text-muted-foreground">{block.name}</p>
      <div role="group" aria-label={`Actions for ${block.name}`}>
        {rows.map((row, index) => (
          <div key={index} className="flex gap-0.5">
            {row.map(({ act, icon: Icon, name, keys }) => (
              <Button
                key={act}
                variant="quiet"
                className="w-8 px-0"
                aria-label={name}
                title={`${name} (${keys})`}
                onClick={() => actOn(editor, current, act, open)}
              >
                <Icon aria-hidden />
              </Button>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
