import { createAutosave, type Autosave } from './autosave'
import type { Editor } from './editor'
import { loadGraph, saveGraph } from './graph-client'

/** A tab that comes to the front asks for the newest version, but not again within this time. */
const minCheckIntervalMs = 5_000

/** Autosave over this browser's lines. It sleeps until `open` connects it to other tabs and to what the window says of
 *  focus and network; what `open` returns disconnects it again, unsaved edits saved first on a best effort. */
export function browserAutosave(editor: Editor): { autosave: Autosave; open: () => () => void } {
  const { workflowId } = editor
  const tabs: { channel: BroadcastChannel | null } = { channel: null }
  const autosave = createAutosave(editor, {
    save: (graph, baseVersion) => saveGraph(workflowId, graph, baseVersion),
    load: () => loadGraph(workflowId),
    announce: (version) => tabs.channel?.postMessage(version),
  })
  const open = () => {
    const channel = new BroadcastChannel(`sluice workflow ${workflowId}`)
    tabs.channel = channel
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'number') void autosave.check(data)
    })
    const leave = watchWindow(autosave)
    autosave.start()
    return () => {
      leave()
      autosave.stop()
      // Not at once: the last save announces its version when it lands.
      void autosave.flush().finally(() => channel.close())
    }
  }
  return { autosave, open }
}

function watchWindow(autosave: Autosave): () => void {
  const away = new AbortController()
  const { signal } = away
  let checkedAt = Date.now()
  const check = () => {
    if (document.visibilityState !== 'visible' || Date.now() - checkedAt < minCheckIntervalMs) return
    checkedAt = Date.now()
    void autosave.check()
  }
  window.addEventListener('focus', check, { signal })
  document.addEventListener('visibilitychange', check, { signal })
  window.addEventListener('online', () => autosave.retry(), { signal })
  return () => away.abort()
}
