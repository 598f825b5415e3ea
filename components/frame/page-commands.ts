import type { LucideIcon } from 'lucide-react'
import { create } from 'zustand'

/** Something the open page can do, as the command palette offers it. */
export interface PageCommand {
  id: string
  title: string
  /** The key that does the same; empty when there is none. */
  keys: string
  icon: LucideIcon
  run: () => void
}

// Above its first use: the store asks for it while this module is read.
const none = { heading: '', find: () => [] }

/** What the open page adds to the command palette: `find` gives the commands a typed text (in lower case) asks for. */
export const usePageCommands = create<{ heading: string; find: (text: string) => readonly PageCommand[] }>(() => none)

/** Offers a page's commands until what it returns is called. */
export function offerCommands(heading: string, find: (text: string) => readonly PageCommand[]): () => void {
  usePageCommands.setState({ heading, find })
  return () => usePageCommands.setState(none)
}
