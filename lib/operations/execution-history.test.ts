import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { useTestApp } from '@/test/app'
import { pool } from '../data/database'
import { historySql } from '../data/execution-history'
import { insertWorkflow } from '../data/workflows'
import { historyWindowExecutions } from '../limits'

const { ask } = useTestApp()
const runnerId = randomUUID()

interface Page {
  executions: { id: string; created_at: string; workflow_name?: string }[]
  total: number
  total_is_exact: boolean
  next_cursor: string | null
}
async function page(path: string): Promise<Page> {
  const reply = await ask('GET', path)
  if (reply.status !== 200) throw new Error(reply.text)
  return reply.body as unknown as Page
}
const listOf = (id: string, query: string) => page(`/api/workflows/${id}/executions?${query}`)

/** Writes ended executions a second apart, the newest last, each as the row of its number says. */
async function record(workflowId: string, count: number, columns: Record<string, string> = {}): Promise<void> {
  const chosen = { status: `'completed'`, trigger: `'manual'`, version: '1', input: `'{}'`, ...columns }
  const names = Object.keys(chosen)
  await pool().query(
    `INSERT INTO executions (id, workflow_id, runner_id, created_at, started_at, completed_at, ${names.join(', ')})
     SELECT gen_random_uuid(), $1, $2, at, at, at, ${names.map((name) => castOf(name, chosen)).join(', ')}
     FROM generate_series(1, $3::int) AS n, LATERAL (SELECT timestamptz '2026-01-01' + n * interval '1 second' AS at) t`,
    [workflowId, runnerId, count],
  )
}
function castOf(name: string, chosen: Record<string, string>): string {
  const types: Record<string, string> = { status: '::"ExecutionStatus"', trigger: '::"Trigger"' }
  return `(${chosen[name] ?? ''})${types[name] ?? ''}`
}

async function walk(path: string): Promise<{ ids: string[]; pages: number; totals: number[] }> {
  const seen: string[] = []
  const totals: number[] = []
  let cursor: string | null = ''
  for (let pages = 0; ; pages++) {
    const found: Page = await page(`${path}${cursor && `&cursor=${cursor}`}`)
    seen.push(...found.executions.map(({ id }) => id))
    totals.push(found.total)
    cursor = found.next_cursor
    if (cursor === null) return { ids: seen, pages: pages + 1, totals }
  }
}

describe('the list of executions', () => {
  it('filters by status, trigger, version, time and text, alone and together', async () => {
    const id = await insertWorkflow({ name: 'Flow' }, null)
    await record(id, 10, {
      status: `CASE WHEN n > 7 THEN 'failed' ELSE 'completed' END`,
      trigger: `CASE WHEN n % 2 = 0 THEN 'webhook' ELSE 'schedule' END`,
      version: 'n % 3 + 1',
      input: `'{"n":' || n || '}'`,
      output: `CASE WHEN n = 4 THEN '{"text":"Straße \\"quoted\\" 100%"}' END`,
      error: `CASE WHEN n = 9 THEN 'Block two failed: No answer' END`,
    })
    const count = async (query: string) => (await listOf(id, query)).executions.length
    expect(await count('status=failed')).toBe(3)
    expect(await count('trigger=webhook')).toBe(5)
    expect(await count('version=1')).toBe(3)
    expect(await count('from=2026-01-01T00:00:03Z&to=2026-01-01T00:00:06Z')).toBe(3)
    expect(await count('from=2026-01-01T01:00:03%2B01:00&to=2026-01-02')).toBe(8)
    expect(await count('q=no+ANSWER')).toBe(1)
    expect(await count(`q=${encodeURIComponent('"quoted" 100%')}`)).toBe(1)
    expect(await count('q=straße')).toBe(1)
    expect(await count(`q=${encodeURIComponent('10_%')}`)).toBe(0)
    expect(await count('q=%00')).toBe(0)
    expect(await count('status=failed&trigger=webhook&version=3')).toBe(1)
    expect(await listOf(id, 'trigger=webhook&limit=2')).toMatchObject({ total: 5, total_is_exact: true })
  })

  it.each([
    'status=done',
    'trigger=x',
    'version=one',
    'from=yesterday',
    'to=2026-13-01',
    'cursor=junk',
    'cursor=1_x_2',
  ])('refuses %s', async (query) => {
    const id = await insertWorkflow({ name: 'Flow' }, null)
    const reply = await ask('GET', `/api/workflows/${id}/executions?${query}`)
    expect([reply.status, reply.body['error_code']]).toEqual([400, 'VALIDATION_ERROR'])
  })

  it('gives each execution once over its pages, also where many share a moment and new ones come in', async () => {
    const id = await insertWorkflow({ name: 'Flow' }, null)
    for (let i = 0; i < 3; i++) await record(id, 15)
    const first = await listOf(id, 'limit=10')
    await record(id, 30)
    const rest = await walk(`/api/workflows/${id}/executions?limit=10&to=2026-01-01T00:00:16Z`)
    expect(rest.pages).toBe(6)
    expect(new Set(rest.ids).size).toBe(60)
    const second = await listOf(id, `limit=10&cursor=${first.next_cursor ?? ''}`)
    expect(second.total).toBe(45)
    expect(second.executions.some((one) => first.executions.some(({ id: before }) => before === one.id))).toBe(false)
    expect(await listOf(id, 'limit=10&offset=70')).toMatchObject({ total: 75, next_cursor: null })
  })

  it('of all workflows takes the same filters and names the workflow', async () => {
    const [one, two] = [await insertWorkflow({ name: 'One' }, null), await insertWorkflow({ name: 'Two' }, null)]
    await record(one, 3, { version: '77' })
    await record(two, 2, { version: '77', status: `'failed'` })
    const all = await page('/api/executions?version=77&limit=2')
    expect(all).toMatchObject({
      total: 5,
      executions: [{ workflow_name: 'One' }, { workflow_id: expect.anything() as unknown }],
    })
    expect((await walk('/api/executions?version=77&limit=2')).ids).toHaveLength(5)
    expect(await page('/api/executions?version=77&status=failed')).toMatchObject({ total: 2 })
    expect(await page(`/api/executions?workflow_id=${one}`)).toMatchObject({ total: 3, total_is_exact: true })
    expect((await ask('GET', '/api/executions?workflow_id=x')).status).toBe(400)
  })
})

describe('a long history', () => {
  const count = historyWindowExecutions + 5_000
  let id: string
  beforeAll(async () => {
    id = await insertWorkflow({ name: 'Long' }, null)
    await record(id, count, { trigger: `CASE WHEN n = 10 THEN 'schedule' ELSE 'webhook' END` })
    await pool().query('VACUUM ANALYZE executions')
  })
  const deep = { createdAt: new Date('2026-01-01T00:10:00Z'), id: randomUUID(), total: 1 }

  interface PlanNode {
    'Node Type': string
    'Actual Rows': number
    'Relation Name'?: string
    Plans?: PlanNode[]
  }
  async function nodesOf(query: Parameters<typeof historySql>[0]): Promise<PlanNode[]> {
    const { text, values } = historySql(query)
    const { rows } = await pool().query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
      values,
    )
    const flatten = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flatten)]
    return rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => flatten(Plan)))
  }

  it.each([
    ['the first page', {}],
    ['a page by its cursor, however deep', { cursor: deep }],
    ['a page of one status', { status: 'completed' as const, cursor: deep }],
    ['a page of a time', { from: new Date('2026-01-01T00:05:00Z'), to: new Date('2026-01-01T00:20:00Z') }],
  ])('reads no more rows than it shows: %s', async (_title, filters) => {
    const nodes = await nodesOf({ workflowId: id, q: '', limit: 20, offset: 0, ...filters })
    expect(nodes.map((node) => node['Node Type']).join()).not.toMatch(/Seq Scan|Sort/)
    expect(Math.max(...nodes.map((node) => node['Actual Rows']))).toBe(21)
  })

  it('of all workflows reads by index', async () => {
    const nodes = await nodesOf({ workflowId: null, q: '', limit: 20, offset: 0, cursor: deep })
    expect(nodes.map((node) => node['Node Type']).join()).not.toContain('Seq Scan')
  })

  it('with a rare match looks through a window at a time, and finds it in the end', async () => {
    const first = await listOf(id, 'trigger=schedule')
    expect(first).toMatchObject({ executions: [], total_is_exact: false })
    expect(first.next_cursor).not.toBeNull()
    const found = await walk(`/api/workflows/${id}/executions?trigger=schedule`)
    expect([found.ids.length, found.pages]).toEqual([1, 2])
  })
})

describe('comparing two executions', () => {
  const graph = (output: string) => ({
    blocks: [
      { id: 'start', type: 'starter', name: 'Start' },
      { id: 'choose', type: 'condition', config: { branches: [{ expression: 'start.output.n > 5' }] } },
      { id: 'big', type: 'split', config: { input: '<start.output.n>' } },
      { id: 'reply', type: 'response', config: { output } },
    ],
    edges: [
      { source: 'start', target: 'choose' },
      { source: 'choose', target: 'big', sourceHandle: 'if' },
      { source: 'start', target: 'reply' },
    ],
  })
  async function runs(): Promise<{ id: string; run: (n: number) => Promise<string> }> {
    const id = String((await ask('POST', '/api/workflows', { name: 'w' })).body['id'])
    await ask('PUT', `/api/workflows/${id}/graph`, graph('done'))
    const run = async (n: number) =>
      String((await ask('POST', `/api/workflows/${id}/execute`, { variables: { n } })).body['execution_id'])
    return { id, run }
  }
  const compare = (id: string, a: string, b: string) =>
    ask('GET', `/api/workflows/${id}/executions/${a}/compare?with=${b}`)

  it('names the first block that went another way, and what differs in each', async () => {
    const { id, run } = await runs()
    const [small, large] = [await run(1), await run(9)]
    const { body } = await compare(id, small, large)
    expect(body['first_diverging_block']).toBe('start')
    expect(body['executions']).toMatchObject([{ id: small, status: 'completed' }, { id: large }])
    const blocks = body['blocks'] as unknown as { block_id: string }[]
    const block = (blockId: string) => blocks.find((one) => one.block_id === blockId)
    expect(block('start')).toMatchObject({ output_differs: true, input_differs: false, block_name: 'Start' })
    expect(block('choose')).toMatchObject({ status: ['success', 'success'], output_differs: true })
    expect(block('big')).toMatchObject({ status: ['skipped', 'success'], duration_ms: [0, expect.any(Number)] })
    expect(block('big')).toMatchObject({ skip_reason: ['no branch leading to it was taken', null] })
    expect(block('reply')).toMatchObject({ output_differs: false, input_differs: false })
  })

  it('of equal runs finds no difference; of two versions the config that changed', async () => {
    const { id, run } = await runs()
    const [one, same] = [await run(1), await run(1)]
    expect((await compare(id, one, same)).body['first_diverging_block']).toBeNull()
    await ask('PUT', `/api/workflows/${id}/graph`, graph('changed'))
    expect((await compare(id, one, await run(1))).body['first_diverging_block']).toBe('reply')
  })

  it('takes executions of the same workflow only', async () => {
    const [mine, other] = [await runs(), await runs()]
    const [a, b] = [await mine.run(1), await other.run(1)]
    expect((await compare(mine.id, a, b)).body['error_code']).toBe('NOT_FOUND')
    expect((await ask('GET', `/api/workflows/${mine.id}/executions/${a}/compare`)).status).toBe(400)
  })
})
