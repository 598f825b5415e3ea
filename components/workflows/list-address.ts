import type { ShownState } from '@/lib/contract/workflow-row'
import type { WorkflowSort } from '@/lib/contract/workflows'

/** What the list's address says: the whole state of the list, so a view can be bookmarked and shared. */
export interface ListView {
  q: string
  /** Null: workflows in every state. */
  state: ShownState | null
  sort: WorkflowSort
  order: 'asc' | 'desc'
  offset: number
}

/** The view a bare address shows: what was worked on last comes first. */
export const defaultView: ListView = { q: '', state: null, sort: 'updated_at', order: 'desc', offset: 0 }

/** Address of a view. What is as usual is left out of it. */
export function addressOf(view: ListView): string {
  const search = new URLSearchParams()
  if (view.q !== '') search.set('q', view.q)
  if (view.state !== null) search.set('state', view.state)
  if (view.sort !== defaultView.sort || view.order !== defaultView.order) {
    search.set('sort', view.sort)
    search.set('order', view.order)
  }
  if (view.offset > 0) search.set('offset', String(view.offset))
  return search.size > 0 ? `/?${search}` : '/'
}
