import { randomBytes, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { callOf } from '@/test/call'
import { useTestDatabase } from '@/test/database'
import { createWorkflow } from './create-workflow'
import { getWorkflow } from './get-workflow'
import { saveGraph } from './save-graph'
import type { JsonObject } from '../contract/json'
import { pool } from '../data/database'
import { useEncryptionKey } from '../data/encryption'

useTestDatabase()
beforeAll(() => {
  useEncryptionKey(randomBytes(32))
})

const emptyDraft = { blocks: [], edges: [] }

async function newWorkflow(): Promise<string> {
  return (await createWorkflow(callOf({ body: { name: 'Flow' } }))).id
}
const save = (id: string, body: JsonObject, headers: Record<string, string> = {}) =>
  saveGraph(callOf({ params: { id }, body, headers }))
const read = (id: string, role: 'owner' | 'viewer' = 'owner') => getWorkflow(callOf({ params: { id }, role }))
const hook = (id: string, config: JsonObject) => ({ id, type: 'webhook', config })

async function storedText(id: string): Promise<string> {
  const { rows } = await pool().query<{ graph: string }>('SELECT graph FROM workflows WHERE id = $1', [id])
  return rows[0]?.graph ?? ''
}

describe('saveGraph', () => {
  it('gives back blocks and edges with their defaults, in the order sent, and counts the version up', async () => {
    const id = await newWorkflow()
    const blocks = [
      { id: 'z', type: 'function', config: { zebra: 1, apple: { b: [1, null], a: 'x' }, constructor: 'c' } },
      { id: 'a', type: 'starter' },
    ]
    const saved = await save(id, { blocks, edges: [{ source: 'a', target: 'z' }] })
    expect(saved).toMatchObject({ ok: true, blocks: 2, edges: 1, version: 1, issues: [] })
    const workflow = await read(id)
    expect(workflow.version).toBe(1)
    expect(JSON.stringify(workflow.blocks)).toBe(
      JSON.stringify([
        { id: 'z', type: 'function', name: '', position: { x: 0, y: 0 }, config: blocks[0]?.config, enabled: true },
        { id: 'a', type: 'starter', name: '', position: { x: 0, y: 0 }, config: {}, enabled: true },
      ]),
    )
    expect(workflow.edges).toEqual([
      {
        id: expect.any(String) as string,
        source: 'a',
        target: 'z',
        sourceHandle: 'output',
        targetHandle: 'input',
        condition: null,
      },
    ])
    expect((await save(id, emptyDraft)).version).toBe(2)
  })

  it('takes 2,000 blocks and refuses one more', async () => {
    const id = await newWorkflow()
    const blocks = Array.from({ length: 2_000 }, (_, index) => ({ id: `b${index}`, type: 'split' }))
    expect((await save(id, { blocks })).blocks).toBe(2_000)
    expect((await read(id)).blocks).toHaveLength(2_000)
    await expect(save(id, { blocks: [...blocks, { id: 'one more', type: 'split' }] })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
    })
  })

  it('keeps what no database text could hold: NUL, lone surrogates, numbers past 2^53', async () => {
    const id = await newWorkflow()
    const config = { text: 'a\0b', half: '\ud800', big: 12345678901234567890, deep: { '': [[[]]] } }
    await save(id, { blocks: [{ id: '🙂', type: 'code', config }] })
    expect((await read(id)).blocks[0]?.config).toEqual(config)
  })

  it('refuses an unknown workflow, and a graph that is none', async () => {
    await expect(save(randomUUID(), emptyDraft)).rejects.toMatchObject({ code: 'WORKFLOW_NOT_FOUND' })
    await expect(save(await newWorkflow(), { edges: [] })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
  })

  it('attack 33: of two saves from the same base one gets 409 and writes nothing', async () => {
    const id = await newWorkflow()
    const saves = ['left', 'right'].map((block) =>
      save(id, { blocks: [{ id: block, type: 'split' }], edges: [], base_version: 0 }),
    )
    const results = await Promise.allSettled(saves)
    const won = results.findIndex(({ status }) => status === 'fulfilled')
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results[1 - won]).toMatchObject({ reason: { code: 'REVISION_CONFLICT', details: { version: 1 } } })
    const workflow = await read(id)
    expect([workflow.version, workflow.blocks[0]?.id]).toEqual([1, ['left', 'right'][won]])
  })

  it.each(['"0"', '0', 'W/"0"', '*', '"7", "0"'])('If-Match %s matches version 0', async (tag) => {
    expect((await save(await newWorkflow(), emptyDraft, { 'if-match': tag })).version).toBe(1)
  })

  it.each(['"1"', '', 'latest'])('If-Match %j does not match version 0', async (tag) => {
    const saving = save(await newWorkflow(), emptyDraft, { 'if-match': tag })
    await expect(saving).rejects.toMatchObject({ code: 'REVISION_CONFLICT' })
  })
})

describe('webhook credentials', () => {
  it.each<[unknown]>([['s3cret'], [''], [null], [7], [{ a: [1] }], ['"quoted" \0 ']])(
    'a secret of %j comes back as sent, and stands nowhere in the stored graph',
    async (secret) => {
      const id = await newWorkflow()
      // Any JSON value may stand in a config.
      const config = { before: 1, webhook_secret: secret, after: 2, webhook_id: randomUUID() } as JsonObject
      await save(id, { blocks: [hook('hook', config)] })
      expect(JSON.stringify((await read(id)).blocks[0]?.config)).toBe(JSON.stringify(config))
      expect(JSON.parse(await storedText(id))).toMatchObject({ blocks: [{ config: { webhook_secret: null } }] })
    },
  )

  it('a webhook block without a secret stays without one, and is reported', async () => {
    const id = await newWorkflow()
    const saved = await save(id, { blocks: [hook('hook', { webhook_id: 'no uuid' })] })
    expect(saved.issues.map(({ code, path }) => [code, path])).toEqual([
      ['webhook_credentials', 'config.webhook_id'],
      ['webhook_credentials', 'config.webhook_secret'],
    ])
    expect((await read(id)).blocks[0]?.config).toEqual({ webhook_id: 'no uuid' })
  })

  it('attack 36: whoever cannot edit sees a mask in place of the secret', async () => {
    const id = await newWorkflow()
    await save(id, { blocks: [hook('hook', { webhook_id: randomUUID(), webhook_secret: 'hidden' })] })
    expect((await read(id, 'viewer')).blocks[0]?.config['webhook_secret']).toBe('********')
  })

  it('attack 10: an id another workflow holds is 409 naming the block, in any letter case, and nothing is written', async () => {
    const [holder, claimer] = [await newWorkflow(), await newWorkflow()]
    const webhookId = randomUUID()
    await save(holder, { blocks: [hook('mine', { webhook_id: webhookId, webhook_secret: 'a' })] })
    const claim = save(claimer, { blocks: [hook('theirs', { webhook_id: webhookId.toUpperCase() })] })
    await expect(claim).rejects.toMatchObject({ code: 'WEBHOOK_ID_TAKEN', details: { block: 'theirs' } })
    expect(await read(claimer)).toMatchObject({ version: 0, blocks: [] })
    await save(holder, emptyDraft)
    expect((await save(claimer, { blocks: [hook('theirs', { webhook_id: webhookId })] })).version).toBe(1)
  })

  it('attack 10: of twenty workflows that claim one id at once, one gets it', async () => {
    const webhookId = randomUUID()
    const ids = await Promise.all(Array.from({ length: 20 }, newWorkflow))
    const claims = ids.map((id) => save(id, { blocks: [hook('hook', { webhook_id: webhookId })] }))
    const results = await Promise.allSettled(claims)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'WEBHOOK_ID_TAKEN' })
  })

  it('of two blocks of one graph with the same id the first holds it, and the second is reported', async () => {
    const id = await newWorkflow()
    const webhookId = randomUUID()
    const config = { webhook_id: webhookId, webhook_secret: 's' }
    const saved = await save(id, { blocks: [hook('first', config), hook('second', config)] })
    expect(saved.issues).toMatchObject([{ code: 'webhook_credentials', severity: 'warning', block: 'second' }])
    const { rows } = await pool().query('SELECT block_id FROM webhook_endpoints WHERE webhook_id = $1', [webhookId])
    expect(rows).toEqual([{ block_id: 'first' }])
    expect((await read(id)).blocks[1]?.config).toEqual(config)
  })

  it('blocks of one graph may swap their ids, and two workflows that swap theirs end in 409, not in a deadlock', async () => {
    const [one, two] = [await newWorkflow(), await newWorkflow()]
    const [a, b] = [randomUUID(), randomUUID()]
    const both = (first: string, second: string) => ({
      blocks: [hook('x', { webhook_id: first }), hook('y', { webhook_id: second })],
    })
    await save(one, both(a, b))
    expect((await save(one, both(b, a))).version).toBe(2)
    await save(one, { blocks: [hook('x', { webhook_id: a })] })
    await save(two, { blocks: [hook('x', { webhook_id: b })] })
    const swaps = await Promise.allSettled([
      save(one, { blocks: [hook('x', { webhook_id: b })] }),
      save(two, { blocks: [hook('x', { webhook_id: a })] }),
    ])
    for (const swap of swaps)
      if (swap.status === 'rejected') expect(swap.reason).toMatchObject({ code: 'WEBHOOK_ID_TAKEN' })
  })
})
