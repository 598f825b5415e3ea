import { describe, expect, it } from 'vitest'
import { catalog } from '../blocks/catalog'
import { graphOf } from './catalog.fixture'
import { exportWorkflow, importWorkflow } from './import'

const workflow = {
  name: 'Orders',
  description: 'What comes in',
  variables: { a: { b: [1, null] } },
  color: '#0af',
  notes: [{ id: 'n', text: 'why' }],
  graph: graphOf(
    [
      ['w', 'webhook', { zeta: 1, webhook_id: 'old', webhook_secret: 'hush-hush', alpha: 2 }],
      ['f', 'function', { code: 'x', unknown: { '<w.output>': '<w.output>' } }],
    ],
    [['w', 'f']],
  ),
}
const read = (text: string) => importWorkflow(text, { catalog, mint: () => 'minted' })

describe('an export file', () => {
  it('comes back as it was: keys, order, types and unknown config, with credentials of its own', () => {
    const text = exportWorkflow(workflow, catalog)
    expect(text).not.toContain('hush-hush')
    const expected = JSON.stringify(workflow).replace(/"old"|"hush-hush"/g, '"minted"')
    const answer = read(text)
    expect('workflow' in answer && JSON.stringify(answer.workflow)).toBe(expected)
  })

  it.each(['plain', 'wrapped'])('of the other product is read, %s', (way) => {
    const file = {
      name: ' Theirs ',
      description: null,
      variables: {},
      blocks: [{ id: 'w', type: 'webhook', name: 'Hook', config: { webhook_id: 'theirs', webhook_secret: 'theirs' } }],
      edges: [],
      extra: true,
    }
    const answer = read(JSON.stringify(way === 'plain' ? file : { workflow: file }))
    expect(answer).toMatchObject({ workflow: { name: 'Theirs', description: '', color: null, notes: [] } })
    expect(JSON.stringify(answer)).not.toContain('theirs')
  })

  it('attack 37: is data: what looks like a reference, a URL or code stays text', () => {
    const config = { url: 'http://169.254.169.254/', body: '{{secrets.KEY}}' }
    const answer = read(JSON.stringify({ blocks: [{ id: 'a', type: 'general_api', config }] }))
    expect('workflow' in answer && answer.workflow.graph.blocks[0]?.config).toEqual(config)
    expect('workflow' in answer && answer.workflow.name).toBe('Imported workflow')
  })

  it.each([
    ['no JSON', '{', /not valid JSON/],
    ['a list', '[]', /JSON object/],
    ['no blocks', '{"name":"x"}', /blocks/],
    ['an unknown type', '{"blocks":[{"id":"a","type":"nope"}]}', /Unknown block type: nope/],
    ['too much nesting', '['.repeat(300), /nested deeper/],
    ['too many bytes', ' '.repeat(17 * 1024 * 1024), /larger than 16 MiB/],
  ])('with %s is refused in words', (_title, text, words) => {
    expect(read(text)).toMatchObject({ refused: expect.stringMatching(words) })
  })
})
