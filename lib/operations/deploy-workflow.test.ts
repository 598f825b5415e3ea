import { randomBytes, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { callOf } from '@/test/call'
import { useTestDatabase } from '@/test/database'
import { armWebhook } from './arm-webhook'
import { createWorkflow } from './create-workflow'
import { deployWorkflow } from './deploy-workflow'
import { disarmWebhook } from './disarm-webhook'
import { getVersion } from './get-version'
import { getWorkflow } from './get-workflow'
import { listVersions } from './list-versions'
import { saveGraph } from './save-graph'
import { undeployWorkflow } from './undeploy-workflow'
import type { JsonObject } from '../contract/json'
import { pool } from '../data/database'
import { useEncryptionKey } from '../data/encryption'
import { keepVersion } from '../data/graph-versions'

useTestDatabase()
beforeAll(() => {
  useEncryptionKey(randomBytes(32))
})

const starter = (config: JsonObject = {}) => ({ blocks: [{ id: 'start', type: 'starter', config }] })
const on = (id: string) => callOf({ params: { id } })
const save = (id: string, body: JsonObject) => saveGraph(callOf({ params: { id }, body }))
const read = (id: string) => getWorkflow(on(id))
const versionsOf = async (id: string, query = { limit: 50, offset: 0 }) =>
  listVersions(callOf({ params: { id }, query }))

async function workflowWith(graph: JsonObject): Promise<string> {
  const { id } = await createWorkflow(callOf({ body: { name: 'Flow' } }))
  await save(id, graph)
  return id
}

describe('deployWorkflow', () => {
  it('pins the saved graph; later saves are a draft until the next deploy', async () => {
    const id = await workflowWith(starter())
    expect(await deployWorkflow(on(id))).toEqual({ ok: true, state: 'deployed', version: 1 })
    await save(id, starter({ input: { draft: true } }))
    expect(await read(id)).toMatchObject({ state: 'deployed', version: 2, deployed_version: 1 })
    expect((await deployWorkflow(on(id))).version).toBe(2)
    const { versions, total } = await versionsOf(id)
    expect([versions.map(({ version }) => version), total]).toEqual([[2, 1], 2])
    expect(versions[0]?.deployed_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect((await versionsOf(id, { limit: 1, offset: 1 })).versions.map(({ version }) => version)).toEqual([1])
  })

  it('a graph that cannot run is 422 with its issues, and nothing changes', async () => {
    const id = await workflowWith(starter())
    await deployWorkflow(on(id))
    const loop = { blocks: [{ id: 'a', type: 'split' }], edges: [{ source: 'a', target: 'a' }] }
    await save(id, loop)
    await expect(deployWorkflow(on(id))).rejects.toMatchObject({
      code: 'GRAPH_INVALID',
      message: 'Workflow graph contains a cycle',
      details: { issues: expect.arrayContaining([expect.objectContaining({ code: 'self_loop' })]) as unknown },
    })
    expect(await read(id)).toMatchObject({ state: 'deployed', version: 2, deployed_version: 1 })
    expect((await versionsOf(id)).total).toBe(1)
  })

  it('reads the schedule into schedule_config, refuses an invalid one, and undeploy stops it', async () => {
    const id = await workflowWith(
      starter({
        schedule_enabled: true,
        schedule_type: 'interval',
        schedule_interval_value: 5,
        schedule_interval_unit: 'minutes',
      }),
    )
    await deployWorkflow(on(id))
    expect((await read(id)).schedule_config).toMatchObject({ enabled: true, type: 'interval', interval_seconds: 300 })
    await save(id, starter({ schedule_enabled: true, schedule_type: 'cron', schedule_cron: 'nonsense' }))
    await expect(deployWorkflow(on(id))).rejects.toMatchObject({ code: 'GRAPH_INVALID' })
    expect(await undeployWorkflow(on(id))).toEqual({ ok: true, state: 'internal' })
    expect(await read(id)).toMatchObject({ state: 'internal', schedule_config: null, deployed_version: null })
  })

  it('deploys and saves at once leave a kept version under every deployed one', async () => {
    const id = await workflowWith(starter())
    const work = Array.from({ length: 20 }, (_, index) =>
      index % 2 ? deployWorkflow(on(id)) : save(id, starter({ input: { index } })),
    )
    await Promise.all(work)
    const { deployed_version: version } = await read(id)
    expect((await getVersion(callOf({ params: { id, version: version ?? 0 } }))).version).toBe(version)
  })
})

describe('kept versions', () => {
  it('hold no secret: a webhook block shows the one of the newest graph, so restoring brings no old one back', async () => {
    const webhookId = randomUUID()
    const hook = (secret: string) => ({
      blocks: [{ id: 'hook', type: 'webhook', config: { webhook_id: webhookId, webhook_secret: secret } }],
    })
    const id = await workflowWith(hook('old'))
    await deployWorkflow(on(id))
    await save(id, hook('rotated'))
    const version = await getVersion(callOf({ params: { id, version: 1 } }))
    expect(version.blocks[0]?.config).toEqual({ webhook_id: webhookId, webhook_secret: 'rotated' })
    const { rows } = await pool().query<{ document: string }>('SELECT document FROM graph_documents')
    expect(rows.filter(({ document }) => /"old"|rotated/.test(document))).toEqual([])
    expect((await save(id, { blocks: version.blocks, edges: [] })).version).toBe(3)
    expect((await read(id)).blocks).toEqual(version.blocks)
  })

  it('of equal content are stored once, and keeping one again changes nothing', async () => {
    const unique = randomUUID()
    const graph = starter({ input: { unique } })
    const ids = [await workflowWith(graph), await workflowWith(graph)]
    await Promise.all(ids.map((id) => deployWorkflow(on(id))))
    for (const id of ids)
      await keepVersion(pool(), { workflowId: id, version: 1, document: 'another', createdBy: null })
    const { rows } = await pool().query<{ count: string }>(
      'SELECT count(*) FROM graph_documents WHERE document LIKE $1',
      [`%${unique}%`],
    )
    expect(rows[0]?.count).toBe('1')
    expect((await getVersion(callOf({ params: { id: ids[0] ?? '', version: 1 } }))).blocks).toHaveLength(1)
  })

  it('that were never deployed or run are 404', async () => {
    const id = await workflowWith(starter())
    await expect(getVersion(callOf({ params: { id, version: 1 } }))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('arming', () => {
  it('attack 3: opens a window of ten minutes by the database clock, and arming again renews it', async () => {
    const id = await workflowWith(starter())
    const { armed_until } = await armWebhook(on(id))
    const { rows } = await pool().query<{ seconds: number }>(
      `SELECT extract(epoch FROM armed_until - now())::float AS seconds FROM workflows WHERE id = $1`,
      [id],
    )
    expect(rows[0]?.seconds).toBeGreaterThan(590)
    // Kept to the millisecond, rounded.
    expect(rows[0]?.seconds).toBeLessThanOrEqual(600.001)
    expect((await read(id)).armed_until).toBe(armed_until)
    await pool().query(`UPDATE workflows SET armed_until = now() - interval '1 ms' WHERE id = $1`, [id])
    expect((await read(id)).armed_until).toBeNull()
    await armWebhook(on(id))
    expect((await read(id)).armed_until).not.toBeNull()
    expect((await read(id)).state).toBe('internal')
  })

  it('attack 5: while deployed changes nothing a caller sees, and undeploy clears it', async () => {
    const id = await workflowWith(starter())
    await deployWorkflow(on(id))
    expect((await armWebhook(on(id))).ok).toBe(true)
    expect(await read(id)).toMatchObject({ state: 'deployed', armed_until: null })
    await undeployWorkflow(on(id))
    expect(await read(id)).toMatchObject({ state: 'internal', armed_until: null })
  })

  it('is ended by a deploy and by disarm', async () => {
    const id = await workflowWith(starter())
    await armWebhook(on(id))
    await deployWorkflow(on(id))
    await undeployWorkflow(on(id))
    expect((await read(id)).armed_until).toBeNull()
    await armWebhook(on(id))
    expect(await disarmWebhook(on(id))).toEqual({ ok: true })
    expect((await read(id)).armed_until).toBeNull()
  })

  it('attack 5: outlives the webhook block it was meant for', async () => {
    const id = await workflowWith({
      blocks: [{ id: 'hook', type: 'webhook', config: { webhook_id: randomUUID(), webhook_secret: 's' } }],
    })
    await armWebhook(on(id))
    await save(id, starter())
    expect((await read(id)).armed_until).not.toBeNull()
    const { rowCount } = await pool().query('SELECT 1 FROM webhook_endpoints WHERE workflow_id = $1', [id])
    expect(rowCount).toBe(0)
  })
})

it.each([deployWorkflow, undeployWorkflow, armWebhook, disarmWebhook])(
  '$name of an unknown workflow is 404',
  async (operation) => {
    await expect(operation(on(randomUUID()))).rejects.toMatchObject({
      code: 'WORKFLOW_NOT_FOUND',
      message: 'Workflow not found',
    })
  },
)
