import type { RouteHandler } from '@/lib/http/route'

/** The handlers a `route.ts` exports, by method. */
export type RouteModule = Partial<Record<string, RouteHandler>>

/** A path found: its module, and its parameters, decoded. */
export interface RouteMatch {
  module: RouteModule
  params: Record<string, string | string[]>
}

interface Branch {
  statics: Map<string, Branch>
  param: { name: string; branch: Branch } | null
  rest: { name: string; module: RouteModule } | null
  module: RouteModule | null
}

/** Builds the function that finds a path's route. `routes` are keyed by their folder under `app`, as in
 *  `/api/workflows/[id]`. As in Next, a fixed segment wins over `[id]`, and `[...rest]` comes last. A trailing slash makes
 *  no difference; dots, empty segments and encoded slashes are never interpreted. */
export function createRouter(routes: Record<string, RouteModule>): (path: string) => RouteMatch | null {
  const root = newBranch()
  for (const [pattern, module] of Object.entries(routes)) plant(root, pattern.slice(1).split('/'), module)
  return (path) => {
    const end = path.endsWith('/') ? path.length - 1 : path.length
    return find(root, path.slice(1, end).split('/'), 0, {})
  }
}

function newBranch(): Branch {
  return { statics: new Map(), param: null, rest: null, module: null }
}

function plant(branch: Branch, segments: string[], module: RouteModule): void {
  const [segment, ...others] = segments
  if (segment === undefined) {
    branch.module = module
  } else if (segment.startsWith('[...')) {
    branch.rest = { name: segment.slice(4, -1), module }
  } else if (segment.startsWith('[')) {
    branch.param ??= { name: segment.slice(1, -1), branch: newBranch() }
    plant(branch.param.branch, others, module)
  } else {
    const next = branch.statics.get(segment) ?? newBranch()
    branch.statics.set(segment, next)
    plant(next, others, module)
  }
}

function find(branch: Branch, segments: string[], at: number, params: RouteMatch['params']): RouteMatch | null {
  const segment = segments[at]
  if (segment === undefined) return branch.module && { module: branch.module, params }
  const fixed = branch.statics.get(segment)
  const found = fixed && find(fixed, segments, at + 1, params)
  if (found) return found
  if (branch.param && segment !== '') {
    const { name, branch: next } = branch.param
    const deeper = find(next, segments, at + 1, { ...params, [name]: decode(segment) })
    if (deeper) return deeper
  }
  if (!branch.rest) return null
  return { module: branch.rest.module, params: { ...params, [branch.rest.name]: segments.slice(at).map(decode) } }
}

/** A segment that is no valid encoding stands for itself: no id and no name looks like it. */
function decode(segment: string): string {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
