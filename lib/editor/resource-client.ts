import * as z from 'zod/mini'
import type { ResourceName } from '../contract/field-meta'
import { maxChoices, maxPageSize } from '../limits'
import { send } from './api-client'

/** Something saved that can be chosen by name. */
export interface NamedResource {
  id: string
  name: string
}

/** All there is of a kind of resource (the newest `maxChoices` of it), by name. @throws ApiError. */
export async function listResource(resource: ResourceName): Promise<NamedResource[]> {
  // By id: what is made while the pages are read moves the others on, to be met again.
  const listed = new Map<string, NamedResource>()
  for (let offset = 0; offset < maxChoices; offset += maxPageSize) {
    const answer = listSchema.parse(await send('GET', `/api/${resource}?limit=${maxPageSize}&offset=${offset}`))
    const page = itemsSchema.parse(answer[resource])
    for (const item of page) listed.set(item.id, item)
    if (page.length < maxPageSize) break
  }
  return [...listed.values()].sort((a, b) => a.name.localeCompare(b.name))
}

const listSchema = z.looseObject({})
const itemsSchema = z.array(z.object({ id: z.string(), name: z.string() }))
