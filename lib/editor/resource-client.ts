import * as z from 'zod/mini'
import type { ResourceName } from '../contract/field-meta'
import { send } from './api-client'

/** Something saved that can be chosen by name. */
export interface NamedResource {
  id: string
  name: string
}

const mostListed = 100

/** What there is of a kind of resource, the newest hundred, by name. @throws ApiError. */
export async function listResource(resource: ResourceName): Promise<NamedResource[]> {
  const answer = listSchema.parse(await send('GET', `/api/${resource}?limit=${mostListed}`))
  const listed = itemsSchema.parse(answer[resource])
  return listed.sort((a, b) => a.name.localeCompare(b.name))
}

const listSchema = z.looseObject({})
const itemsSchema = z.array(z.object({ id: z.string(), name: z.string() }))
