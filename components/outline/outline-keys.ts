import type { KeyboardEvent } from 'react'
import type { OutlineAct } from './outline-acts'
import type { OutlineLine } from './use-outline'

const moves: Readonly<Record<string, OutlineAct>> = {
  ArrowLeft: 'move-left',
  ArrowRight: 'move-right',
  ArrowUp: 'move-up',
  ArrowDown: 'move-down',
}

const keys: Readonly<Record<string, OutlineAct>> = {
  f2: 'rename',
  e: 'toggle',
  i: 'insert',
  c: 'connections',
  x: 'disconnect',
  delete: 'delete',
  backspace: 'delete',
}

/** What a key does with a line; null when it is none of the outline's. */
export function actOfKey(
  event: KeyboardEvent,
  { canEdit, line }: { canEdit: boolean; line: OutlineLine },
): OutlineAct | null {
  const isCommand = event.ctrlKey || event.metaKey
  const key = event.key.toLowerCase()
  if (key === 'enter' && !isCommand) return 'settings'
  if (key === ' ') return 'select'
  if (!canEdit) return null
  if (event.altKey) return moves[event.key] ?? null
  if (isCommand) return key === 'd' ? 'duplicate' : null
  const act = event.shiftKey ? null : (keys[key] ?? null)
  return act === 'disconnect' && line.edgeId === null ? null : act
}
