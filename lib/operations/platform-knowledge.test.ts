import { randomUUID } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maxKnowledgeHits } from '@/lib/limits'
import { useTestApp, type AppReply, type Loose } from '@/test/app'
import { startModelServer, type ModelServer } from '@/test/model-server'

const { ask } = useTestApp({ SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1' })
let models: ModelServer
beforeAll(async () => {
  models = await startModelServer()
  await ask('PUT', '/api/settings/providers/local', { kind: 'openai_compatible', base_url: models.url })
})
afterAll(() => models.close())

async function makeBase(fields: object = {}): Promise<string> {
  const made = await ask('POST', '/api/knowledge-bases', { name: 'Handbook', ...fields })
  expect(made.status, made.text).toBe(201)
  return `/api/knowledge-bases/${made.body['id']}`
}

const add = (base: string, source: object) => ask('POST', `${base}/sources`, { name: 'Notes', ...source })

async function search(base: string, query: string, more: object = {}): Promise<string[]> {
  const found = await ask('POST', `${base}/search`, { query, ...more })
  expect(found.status, found.text).toBe(200)
  return hitsOf(found).map((hit) => String(hit['text']))
}

function hitsOf({ body }: AppReply): Loose[] {
  return body['hits'] as unknown as Loose[]
}

async function meaningOf(base: string): Promise<unknown> {
  return (await ask('POST', `${base}/search`, { query: 'anything' })).body['meaning']
}

/** A PDF with one line of text on each page. */
function pdf(lines: string[]): string {
  return pdfOf(lines.map((line) => ['', `BT /F1 12 Tf 72 700 Td (${line}) Tj ET`]))
}

/** A PDF whose one page unpacks to that many bytes. */
function pdfBomb(bytes: number): string {
  return pdfOf([['/Filter /FlateDecode', deflateSync(Buffer.alloc(bytes, ' ')).toString('latin1')]])
}

function pdfOf(pages: [more: string, content: string][]): string {
  const pageId = (index: number) => 4 + index * 2
  const kids = pages.map((_, index) => `${pageId(index)} 0 R`).join(' ')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap(([more, content], index) => {
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${pageId(index) + 1} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
        `<< ${more} /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ]
    }),
  ]
  let text = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
  return Buffer.from(text + table + trailer, 'latin1').toString('base64')
}

describe('a knowledge base', () => {
  it('is made, listed, changed and deleted with its sources', async () => {
    const base = await makeBase({ description: 'How we work' })
    const source = await add(base, { text: 'Lunch is at noon.', content_type: 'text/markdown' })
    expect(source).toMatchObject({
      status: 201,
      body: { name: 'Notes', content_type: 'text/markdown', characters: 17, chunks: 1 },
    })
    const sourcePath = `${base}/sources/${source.body['id']}`
    expect((await ask('GET', sourcePath)).body).toMatchObject({ text: 'Lunch is at noon.' })
    expect((await ask('GET', `${base}/sources`)).body).toMatchObject({ total: 1, sources: [{ name: 'Notes' }] })
    expect((await ask('GET', '/api/knowledge-bases')).body['knowledge_bases']?.[0]).toMatchObject({ source_count: 1 })
    expect((await ask('PATCH', base, { name: 'Rules' })).body).toMatchObject({
      name: 'Rules',
      description: 'How we work',
      embedding_model: null,
    })
    expect((await ask('PATCH', base, {})).status).toBe(400)
    expect((await ask('DELETE', sourcePath)).status).toBe(204)
    expect((await ask('PATCH', base, { embedding_model: 'test-embedding' })).status).toBe(200)
    await add(base, { text: 'Dinner is at eight.' })
    expect((await ask('DELETE', base)).status).toBe(204)
    for (const [method, path, body] of [
      ['GET', base],
      ['PATCH', base, { name: 'x' }],
      ['DELETE', base],
      ['GET', `${base}/sources`],
      ['POST', `${base}/sources`, { name: 'x', text: 'x' }],
      ['GET', sourcePath],
      ['DELETE', sourcePath],
      ['POST', `${base}/search`, { query: 'noon' }],
    ] as const)
      expect((await ask(method, path, body)).status, `${method} ${path}`).toBe(404)
  })

  it('is searched by words: all of them before some, quotes and a minus obeyed, its own sources only', async () => {
    const [base, other] = [await makeBase(), await makeBase()]
    await add(base, { name: 'Refunds', text: 'Refunds are paid within fourteen days.' })
    await add(base, { name: 'Days', text: 'The office is closed on some days.' })
    await add(base, { name: 'Snow', text: 'Nobody shovels snow here.' })
    await add(other, { text: 'Refunds elsewhere.' })
    const found = await ask('POST', `${base}/search`, { query: 'After how many days is a refund paid?' })
    expect(hitsOf(found).map((hit) => hit['source_name'])).toEqual(['Refunds', 'Days'])
    expect(await search(base, 'days -refunds')).toEqual(['The office is closed on some days.'])
    expect(await search(base, '"shovels snow"')).toEqual(['Nobody shovels snow here.'])
    expect(await search(base, '"snow shovels"')).toEqual([])
    for (const query of ['the', `'; DROP TABLE users; --`, 'a & | ! <-> (', '"', '-', '\\'])
      expect(await search(base, query)).toEqual([])
    expect(await search(base, 'days', { limit: '1' })).toHaveLength(1)
    for (const body of [{}, { query: ' ' }, { query: 'x', limit: 0 }, { query: 'x', limit: maxKnowledgeHits + 1 }])
      expect((await ask('POST', `${base}/search`, body)).status).toBe(400)
  })

  it('with an embedding model finds what is said otherwise, and what both searches find first', async () => {
    const texts = ['Automobiles are repaired on Mondays.', 'The canteen serves soup.']
    const bases = [await makeBase(), await makeBase({ embedding_model: 'local/test-embedding' })] as const
    for (const base of bases) for (const text of texts) await add(base, { text })
    const [words, meaning] = bases
    expect(await search(words, 'automotive repairman')).toEqual([])
    expect((await search(meaning, 'automotive repairman'))[0]).toBe(texts[0])
    expect((await search(meaning, 'canteens'))[0]).toBe(texts[1])
    const [hit] = hitsOf(await ask('POST', `${meaning}/search`, { query: 'canteen' }))
    expect(hit?.['score']).toBeCloseTo(2 / 61)
  })

  it('is searched by words, and says why not by meaning, while its embedding model fails', async () => {
    const base = await makeBase({ embedding_model: 'local/test-embedding' })
    await add(base, { text: 'Automobiles are repaired on Mondays.' })
    const model = 'local/test-embedding'
    expect(await meaningOf(base)).toEqual({ searched: true, model, problem: null })
    models.breakEmbeddings({ status: 400, error: 'out of credit' })
    const found = await ask('POST', `${base}/search`, { query: 'automobiles' })
    expect(found.status, found.text).toBe(200)
    expect(hitsOf(found)).toMatchObject([{ text: 'Automobiles are repaired on Mondays.' }])
    expect(found.body['meaning']).toEqual({ searched: false, model, problem: `${model} answered 400: out of credit` })
    models.breakEmbeddings(null)
    expect(await meaningOf(base)).toEqual({ searched: true, model, problem: null })
  })

  it('is searched by words when its embedding model does not answer in time, or nobody serves it', async () => {
    const provider = { kind: 'openai_compatible', base_url: models.url }
    await ask('PUT', '/api/settings/providers/slow', { ...provider, models: { stuck: { timeout_ms: 100 } } })
    const base = await makeBase({ embedding_model: 'local/stuck' })
    await add(base, { text: 'Lunch is at noon.' })
    await ask('PATCH', base, { embedding_model: 'slow/stuck' })
    models.breakEmbeddings({ hang: 'before the head' })
    const added = await add(base, { text: 'Dinner is at eight.' })
    expect(added).toMatchObject({ status: 201, body: { embedded_by: null } })
    expect(String(added.body['not_embedded_because'])).toContain('slow/stuck did not answer')
    expect(await search(base, 'dinner')).toEqual(['Dinner is at eight.'])
    models.breakEmbeddings(null)
    await ask('DELETE', '/api/settings/providers/slow')
    await ask('PUT', '/api/settings/providers/claude', { kind: 'anthropic', api_key: 'key' })
    await ask('PATCH', base, { embedding_model: 'claude/embedding' })
    expect((await add(base, { text: 'x' })).body['not_embedded_because']).toBe(
      'the provider claude offers no embeddings: choose a model of another one',
    )
    expect((await ask('POST', `${base}/embed`)).body).toMatchObject({ error_code: 'EXECUTION_FAILED' })
    await ask('DELETE', '/api/settings/providers/claude')
  })

  it('keeps a source that was not embedded, finds it by words, and embeds it later', async () => {
    const base = await makeBase({ embedding_model: 'local/test-embedding' })
    models.breakEmbeddings({ status: 400, error: 'out of credit' })
    const added = await add(base, { text: 'Automobiles are repaired on Mondays.' })
    models.breakEmbeddings(null)
    const model = 'local/test-embedding'
    expect(added).toMatchObject({
      status: 201,
      body: { embedded_by: null, not_embedded_because: `${model} answered 400: out of credit` },
    })
    await add(base, { text: 'The canteen serves soup.' })
    expect(await search(base, 'automobile')).toEqual(['Automobiles are repaired on Mondays.'])
    const problem = `1 of 2 sources are not embedded by ${model} yet`
    expect(await meaningOf(base)).toEqual({ searched: true, model, problem })
    expect((await ask('POST', `${base}/embed`)).body).toEqual({ embedding_model: model, embedded: 1 })
    expect((await search(base, 'automotive repairman'))[0]).toBe('Automobiles are repaired on Mondays.')
    expect(await meaningOf(base)).toEqual({ searched: true, model, problem: null })
    expect((await ask('POST', `${base}/embed`)).body).toMatchObject({ embedded: 0 })
    expect((await ask('GET', `${base}/sources`)).body['sources']).toMatchObject([
      { embedded_by: model },
      { embedded_by: model },
    ])
  })

  it('without an embedding model takes what a provider offers, unless it says none', async () => {
    const [base, silent] = [await makeBase(), await makeBase({ embedding_model: 'none' })]
    const early = await add(base, { text: 'Automobiles are repaired on Mondays.' })
    expect(early.body['not_embedded_because']).toBe('no configured provider is known to offer embeddings')
    const listed = { kind: 'openai_compatible', base_url: models.url, models: { 'test-embedding': {} } }
    await ask('PUT', '/api/settings/providers/offering', listed)
    expect(await meaningOf(base)).toMatchObject({ searched: false, model: 'offering/test-embedding' })
    expect((await ask('POST', `${base}/embed`)).body).toMatchObject({ embedded: 1 })
    expect((await search(base, 'automotive repairman'))[0]).toBe('Automobiles are repaired on Mondays.')
    expect((await add(silent, { text: 'Secret automobiles.' })).body['embedded_by']).toBeNull()
    const problem = 'the knowledge base is for words only'
    expect(await meaningOf(silent)).toEqual({ searched: false, model: null, problem })
    expect((await ask('POST', `${silent}/embed`)).body).toMatchObject({ error_code: 'MODEL_NOT_CONFIGURED' })
    await ask('DELETE', '/api/settings/providers/offering')
  })
})

describe('a source', () => {
  it('is cut into chunks that are found each by itself', async () => {
    const base = await makeBase()
    const filler = 'Nothing to see in this sentence. '.repeat(60)
    const added = await add(base, { text: `${filler}\n\nThe zebra sleeps.\n\n${filler}` })
    expect(Number(added.body['chunks'])).toBeGreaterThan(2)
    const [hit = ''] = await search(base, 'zebra')
    expect(hit).toContain('The zebra sleeps.')
    expect(hit.length).toBeLessThan(2_000)
  })

  it.each([
    ['neither text nor file', {}, 'send either text, or the file'],
    ['both', { text: 'x', data: 'eA==' }, 'send either text, or the file'],
    ['another type', { text: 'x', content_type: 'text/html' }, 'content_type'],
    ['nothing in it', { text: ' \n ' }, 'has no text'],
    ['a NUL', { text: 'a\0b' }, 'NUL'],
    ['no base64', { data: '%%%' }, 'is not base64'],
    ['no UTF-8', { data: '//79' }, 'is not text in UTF-8'],
    ['a PDF as text', { content_type: 'application/pdf', text: '%PDF-1.4' }, 'send it as base64'],
    ['no PDF', { content_type: 'application/pdf', data: 'aGVsbG8=' }, 'is not a PDF'],
    ['a broken PDF', { content_type: 'application/pdf', data: btoa('%PDF-1.4 oh') }, 'is a PDF that cannot be read'],
    ['a PDF without text', { content_type: 'application/pdf', data: pdf(['']) }, 'has no text'],
    ['a PDF that unpacks to very much', { content_type: 'application/pdf', data: pdfBomb(70_000_000) }, 'unpacks to'],
    [
      'too many pages',
      { content_type: 'application/pdf', data: pdf(new Array<string>(1_001).fill('x')) },
      '1000 pages',
    ],
  ])('is refused: %s', async (_, fields, message) => {
    const base = await makeBase()
    const refused = await add(base, fields)
    expect(refused).toMatchObject({ status: 400, body: { error_code: 'VALIDATION_ERROR' } })
    expect(refused.text).toContain(message)
    expect((await ask('GET', base)).body['source_count']).toBe(0)
  })

  it('of another base is not there', async () => {
    const [base, other] = [await makeBase(), await makeBase()]
    const added = await add(base, { text: 'Mine' })
    for (const method of ['GET', 'DELETE'])
      expect((await ask(method, `${other}/sources/${added.body['id']}`)).status).toBe(404)
  })
})

describe('platform_api blocks', () => {
  const call = (id: string, resource: string, key: string, operation: string, more: object) => ({
    id,
    type: 'platform_api',
    config: { resource, [key]: operation, ...more },
  })

  async function run(blocks: { id: string }[], input: object = {}): Promise<Loose> {
    const { body } = await ask('POST', '/api/workflows', { name: 'Flow' })
    const path = `/api/workflows/${body['id']}`
    const all = [{ id: 'start', type: 'starter' }, ...blocks]
    const edges = blocks.map(({ id }, index) => ({ source: all[index]?.id, target: id }))
    const saved = await ask('PUT', `${path}/graph`, { blocks: all, edges })
    expect(saved.status, saved.text).toBe(200)
    const ran = await ask('POST', `${path}/execute`, input)
    expect(ran.status, ran.text).toBe(200)
    return ran.body['block_outputs'] ?? {}
  }

  it('make a base, add a text and a PDF, search it and clear it away', async () => {
    const made = '<make.output.id>'
    const outputs = await run([
      call('make', 'knowledge_bases', 'kb_operation', 'create', { body: { name: 'Flow base' } }),
      call('text', 'sources', 'sources_operation', 'create', {
        resource_id: made,
        body: { name: 'Text', text: 'Parcels leave at five.' },
      }),
      call('file', 'sources', 'sources_operation', 'upload', {
        params: { knowledge_base_id: made },
        body: {
          name: 'File',
          content_type: 'application/pdf',
          data: pdf(['Warranty lasts two years.', 'Parcels are insured.']),
        },
      }),
      call('find', 'knowledge_bases', 'kb_operation', 'query', {
        resource_id: made,
        body: { query: 'How long is the warranty?', limit: 3 },
      }),
      call('read', 'sources', 'sources_operation', 'get', { resource_id: '<find.output.hits.0.source_id>' }),
      call('drop', 'sources', 'sources_operation', 'delete', { resource_id: '<text.output.id>' }),
      call('left', 'sources', 'sources_operation', 'list', { resource_id: made }),
      call('end', 'knowledge_bases', 'kb_operation', 'delete', { resource_id: made }),
    ])
    expect(outputs['file']).toMatchObject({ status_code: 201, output: { chunks: 1 } })
    expect(outputs['find']?.['output']?.['hits']).toMatchObject([
      { source_name: 'File', text: 'Warranty lasts two years.\n\nParcels are insured.' },
    ])
    expect(outputs['read']?.['output']).toMatchObject({ name: 'File', content_type: 'application/pdf' })
    expect(outputs['left']?.['output']).toMatchObject({ total: 1, sources: [{ name: 'File' }] })
    expect(outputs['end']).toMatchObject({ status_code: 204 })
  })

  it('embed what was added before there was a model', async () => {
    const base = await makeBase({ embedding_model: 'none' })
    await add(base, { text: 'Automobiles are repaired on Mondays.' })
    await ask('PATCH', base, { embedding_model: 'local/test-embedding' })
    const resource_id = base.split('/').at(-1)
    const { embed } = await run([call('embed', 'knowledge_bases', 'kb_operation', 'embed', { resource_id })])
    expect(embed).toMatchObject({ status_code: 200, output: { embedded: 1 } })
  })

  it('get a 404 for what is not there', async () => {
    const get = (resource: string, key: string) =>
      call('get', resource, key, 'get', { on_error: 'continue', resource_id: randomUUID() })
    expect((await run([get('knowledge_bases', 'kb_operation')]))['get']).toMatchObject({ status_code: 404 })
    expect((await run([get('sources', 'sources_operation')]))['get']).toMatchObject({ status_code: 404 })
  })
})

it('who may only read searches, and changes nothing', async () => {
  const base = await makeBase()
  const key = String((await ask('POST', '/api/settings/api-keys', { name: 'r', scopes: ['read'] })).body['key'])
  expect((await ask('POST', `${base}/search`, { query: 'x' }, { key })).status).toBe(200)
  expect((await ask('GET', `${base}/sources`, undefined, { key })).status).toBe(200)
  for (const [method, path, body] of [
    ['POST', '/api/knowledge-bases', { name: 'x' }],
    ['PATCH', base, { name: 'x' }],
    ['DELETE', base],
    ['POST', `${base}/sources`, { name: 'x', text: 'x' }],
    ['POST', `${base}/embed`],
  ] as const)
    expect((await ask(method, path, body, { key })).status).toBe(403)
})
