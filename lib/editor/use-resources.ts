import { useEffect, useState } from 'react'
import type { ResourceName } from '../contract/field-meta'
import { messageOf } from './api-client'
import { listResource, type NamedResource } from './resource-client'

/** What there is to choose from of a kind of resource; null until it is known. `problem` says why it cannot be. */
export function useResources(resource: ResourceName): { listed: readonly NamedResource[] | null; problem: string } {
  const [listed, setListed] = useState<readonly NamedResource[] | null>(null)
  const [problem, setProblem] = useState('')
  useEffect(() => {
    const visit = { isOver: false }
    listResource(resource).then(
      (found) => visit.isOver || setListed(found),
      (error: unknown) => visit.isOver || setProblem(messageOf(error)),
    )
    return () => void (visit.isOver = true)
  }, [resource])
  return { listed, problem }
}
