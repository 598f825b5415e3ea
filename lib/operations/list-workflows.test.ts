import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { callOf } from '@/test/call'
import { useTestDatabase } from '@/test/database'
import { createWorkflow } from './create-workflow'
import { getWorkflow } from './get-workflow'
import { listWorkflows } from './list-workflows'
import { updateWorkflow } from './update-workflow'
import { createWorkflowBody, listWorkflowsQuery, updateWorkflowBody } from '../contract/workflows'
import { pool } from '../data/database'

useTestDatabase()
beforeEach(async () => {
  await pool().query('DELETE FROM workflows')
})

const create = (body: object) => createWorkflow(callOf({ body: createWorkflowBody.parse(body) }))
const list = (query: object = {}) => listWorkflows(callOf({ query: listWorkflowsQuery.parse(query) }))
const names = async (query: object) => (await list(query)).workflows.map(({ name }) => name)
const patch = (id: string, body: object) =>
  updateWorkflow(callOf({ params: { id }, body: updateWorkflowBody.parse(body) }))

async function createAll(...all: string[]): Promise<void> {
  for (const name of all) await create({ name })
}

describe('listWorkflows', () => {
  it('shows every field of an item', async () => {
    const { id } = await create({ name: 'Flow', variables: { b: 1, a: 2 }, color: '#fff', description: 'd' })
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string
    expect(await list()).toEqual({
      workflows: [
        {
          id,
          name: 'Flow',
          description: 'd',
          variables: { b: 1, a: 2 },
          version: 0,
          color: '#fff',
          created_at: time,
          updated_at: time,
          state: 'internal',
          schedule_config: null,
          execution_count: 0,
          last_execution_at: null,
        },
      ],
      total: 1,
      limit: 50,
      offset: 0,
    })
  })

  it.each([
    [
      { limit: '0', offset: '-3' },
      { limit: 1, offset: 0 },
    ],
    [
      { limit: '1000', offset: '7' },
      { limit: 100, offset: 7 },
    ],
    [
      { limit: '-5', offset: 'x' },
      { limit: 1, offset: 0 },
    ],
    [
      { limit: '2.5', offset: '1.5' },
      { limit: 50, offset: 0 },
    ],
    [
      { limit: 'ten', offset: '' },
      { limit: 50, offset: 0 },
    ],
    [{ limit: '99999999999999999999' }, { limit: 100 }],
    [{ offset: '99999999999999999999999' }, { offset: Number.MAX_SAFE_INTEGER }],
  ])('clamps %j to %j', async (query, shown) => {
    expect(await list(query)).toMatchObject(shown)
  })

  it('sorts names ignoring case, byte by byte, whatever the locale', async () => {
    await createAll('b', 'A', 'a_', 'a-', 'Zoë', 'ä', 'B', 'a')
    expect(await names({ sort: 'name', order: 'ASC' })).toEqual(['A', 'a', 'a-', 'a_', 'b', 'B', 'Zoë', 'ä'])
    expect((await names({ sort: 'name', order: 'Desc' })).slice(0, 2)).toEqual(['ä', 'Zoë'])
  })

  it('puts workflows that never ran last in both orders, ties by id', async () => {
    await createAll('never', 'early', 'late', 'never too')
    for (const [name, hours] of [
      ['early', 2],
      ['late', 1],
    ])
      await pool().query(
        `UPDATE workflows SET last_execution_at = now() - make_interval(hours => $2) WHERE name = $1`,
        [name, hours],
      )
    expect(await names({ sort: 'last_execution_at' })).toEqual(['late', 'early', 'never', 'never too'])
    expect(await names({ sort: 'last_execution_at', order: 'asc' })).toEqual(['early', 'late', 'never', 'never too'])
  })

  it.each([
    ['100%', ['100% sure']],
    ['a_b', ['a_b']],
    ['\\', ['back\\slash']],
    ['  SURE ', ['100% sure']],
    ['ÄRGER', ['Kein Ärger']],
    ['nothing such', []],
    ['\0', []],
    ["'; DROP TABLE workflows; --", []],
  ])('finds %j literally, letter case aside', async (q, found) => {
    await createAll('100% sure', 'a_b', 'axb', 'back\\slash', 'Kein Ärger', '1000 times')
    expect(await names({ q })).toEqual(found)
    expect((await list({ q })).total).toBe(found.length)
  })

  it('pages without losing or repeating any', async () => {
    await createAll(...Array.from({ length: 7 }, () => 'same'))
    const pages = await Promise.all([0, 3, 6].map((offset) => list({ sort: 'name', limit: '3', offset: `${offset}` })))
    const ids = pages.flatMap(({ workflows }) => workflows.map(({ id }) => id))
    expect(new Set(ids).size).toBe(7)
    expect(ids).toEqual([...ids].sort())
    expect(pages[2]?.total).toBe(7)
  })

  it.each([{ sort: 'graph' }, { sort: '' }, { order: 'up' }])('refuses %j and names what is allowed', (query) => {
    expect(() => listWorkflowsQuery.parse(query)).toThrow(/created_at|asc/)
  })
})

describe('creating and changing a workflow', () => {
  it.each([{}, { name: '' }, { name: 'x'.repeat(256) }, { name: 7 }, { name: 'a\0b' }, { name: 'x', variables: [] }])(
    'refuses %j',
    (body) => {
      expect(createWorkflowBody.safeParse(body).success).toBe(false)
    },
  )

  it('takes a name of 255 characters, and names that need quoting', async () => {
    await createAll('🙂'.repeat(255), `Robert'); DROP TABLE workflows;--`)
    expect((await list()).total).toBe(2)
  })

  it('a PATCH changes what it names and nothing else, and moves updated_at', async () => {
    const { id } = await create({ name: 'Flow', variables: { a: 1 } })
    await pool().query(`UPDATE workflows SET updated_at = now() - interval '1 day' WHERE id = $1`, [id])
    const before = await getWorkflow(callOf({ params: { id } }))
    const notes = [{ id: 'n', text: '<b>', position: { x: 1, y: 2 }, size: { width: 3, height: 4 } }]
    const pins = { block: { output: [1] } }
    expect(await patch(id, { resume: true, notes, pins, name: 'Renamed' })).toEqual({ ok: true })
    const after = await getWorkflow(callOf({ params: { id } }))
    expect(after).toEqual({ ...before, resume: true, notes, pins, name: 'Renamed', updated_at: after.updated_at })
    expect(after.updated_at > before.updated_at).toBe(true)
    expect(await names({ q: 'renamed' })).toEqual(['Renamed'])
  })

  it('a PATCH of nothing is refused, of an unknown workflow 404', async () => {
    expect(updateWorkflowBody.safeParse({}).success).toBe(false)
    expect(updateWorkflowBody.safeParse({ version: 9 }).success).toBe(false)
    await expect(patch(randomUUID(), { name: 'x' })).rejects.toMatchObject({ code: 'WORKFLOW_NOT_FOUND' })
  })
})
