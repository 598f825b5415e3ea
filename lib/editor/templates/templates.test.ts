import { describe, expect, it } from 'vitest'
import { catalog } from '../../blocks/catalog'
import { compileGraph } from '../../graph/compile-graph'
import { parseGraph } from '../../graph/parse-graph'
import { mintCredentials, withoutCredentials } from '../webhook-credentials'
import { templates } from './templates'

describe('templates', () => {
  it.each(templates)('“$title” can run as it is, once its credentials are minted', async (template) => {
    const graph = parseGraph(mintCredentials(await template.load()), catalog)
    expect(compileGraph(graph, catalog).issues).toEqual([])
  })

  it('a webhook gets credentials of its own each time, and loses them for a file', async () => {
    const template = templates.find(({ id }) => id === 'webhook-reply')!
    const graph = await template.load()
    const [first, second] = [mintCredentials(graph), mintCredentials(graph)]
    expect(first.blocks[0]?.config?.['webhook_id']).not.toBe(second.blocks[0]?.config?.['webhook_id'])
    expect(first.blocks[0]?.config?.['webhook_secret']).not.toBe(second.blocks[0]?.config?.['webhook_secret'])
    expect(withoutCredentials(first)).toEqual(graph)
  })
})
