import type { ExternalToast } from 'sonner'
import { create } from 'zustand'

interface Message {
  kind: 'plain' | 'success' | 'error'
  text: string
  options: ExternalToast
}

/** Messages not yet on screen. What shows them is loaded with the first one. */
export const useMessages = create<{ isWanted: boolean; waiting: readonly Message[] }>(() => ({
  isWanted: false,
  waiting: [],
}))

/** Takes the waiting messages, to show them. */
export function takeMessages(): readonly Message[] {
  const { waiting } = useMessages.getState()
  if (waiting.length > 0) useMessages.setState({ waiting: [] })
  return waiting
}

/** Shows a short message in the corner: `toast(text)`, `toast.success(text)`, `toast.error(text)`. */
export const toast = Object.assign(saying('plain'), { success: saying('success'), error: saying('error') })

function saying(kind: Message['kind']) {
  return (text: string, options: ExternalToast = {}): void =>
    useMessages.setState(({ waiting }) => ({ isWanted: true, waiting: [...waiting, { kind, text, options }] }))
}
