import type { ApiRoute } from '@/lib/contract/api-document'
import { offeredMethods } from '@/lib/http/methods'
import type { RouteModule } from './router'

/** What route modules offer, method by method, with their parameters in braces. HEAD goes with GET. */
export function apiRoutesOf(routes: Record<string, RouteModule>): ApiRoute[] {
  return Object.entries(routes).flatMap(([pattern, module]) =>
    offeredMethods(module).flatMap((method) => {
      const { endpoint, operation = '' } = module[method] ?? {}
      if (!endpoint || method === 'HEAD') return []
      return [{ method, path: pattern.replaceAll('[', '{').replaceAll(']', '}'), endpoint, operation }]
    }),
  )
}
