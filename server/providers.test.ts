import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { useTestApp } from '@/test/app'
import { startModelServer, type ModelServer } from '@/test/model-server'
import { pool } from '@/lib/data/database'
import { findOllama } from '@/lib/operations/find-ollama'

const { ask } = useTestApp({ SLUICE_ALLOW_PRIVATE_HOSTS: '127.0.0.1' })
let models: ModelServer
beforeAll(async () => {
  models = await startModelServer()
})
afterAll(() => models.close())
beforeEach(async () => {
  await pool().query('DELETE FROM model_providers')
})

const path = '/api/settings/providers'
const apiKey = 'sk-a-key-nobody-may-see'
const local = () => ({ kind: 'openai_compatible', base_url: models.url, api_key: apiKey, default_model: 'test-model' })

describe('providers', () => {
  it('are listed without their keys', async () => {
    expect(
      (await ask('PUT', `${path}/local`, { ...local(), models: { 'test-model': { input_price: 1 } } })).status,
    ).toBe(200)
    const list = await ask('GET', path)
    expect(list.body['providers']).toMatchObject([
      { name: 'local', kind: 'openai_compatible', has_key: true, default_model: 'test-model', source: 'settings' },
    ])
    expect(list.text).not.toContain(apiKey)
  })

  it('are kept encrypted', async () => {
    await ask('PUT', `${path}/local`, local())
    const { rows } = await pool().query<{ ciphertext: Buffer }>('SELECT ciphertext FROM model_providers')
    expect(rows[0]?.ciphertext.toString('latin1')).not.toContain(apiKey)
  })

  it('keep their key when it is not sent again, but never for another host', async () => {
    await ask('PUT', `${path}/local`, local())
    const { api_key: _left, ...rest } = local()
    expect((await ask('PUT', `${path}/local`, { ...rest, is_default: true })).status).toBe(200)
    models.script({ text: 'ready' })
    await ask('POST', `${path}/local/test`, {})
    expect(models.calls[0]?.headers.authorization).toBe(`Bearer ${apiKey}`)
    const moved = await ask('PUT', `${path}/local`, { ...rest, base_url: 'https://thief.example/v1' })
    expect([moved.status, moved.body['issues']?.[0]?.['path']]).toEqual([400, 'api_key'])
  })

  it.each([
    ['UPPER', { kind: 'openai', api_key: 'k' }, 'name'],
    ['x', { kind: 'openai' }, 'api_key'],
    ['x', { kind: 'openai_compatible' }, 'base_url'],
    ['x', { kind: 'openai_compatible', base_url: 'file:///etc/passwd' }, 'base_url'],
    ['x', { kind: 'openai_compatible', base_url: 'http://user:pass@host/' }, 'base_url'],
    ['x', { kind: 'nonsense' }, 'kind'],
  ])('are refused when they could not work: %s %j', async (name, body, issue) => {
    const reply = await ask('PUT', `${path}/${name}`, body)
    expect([reply.status, reply.body['issues']?.[0]?.['path']]).toEqual([400, issue])
  })

  it('are tested by a real call, and a failed one is the answer', async () => {
    await ask('PUT', `${path}/local`, local())
    models.script({ text: 'ready' })
    expect((await ask('POST', `${path}/local/test`, {})).body).toMatchObject({
      ok: true,
      model: 'local/test-model',
      output: 'ready',
    })
    models.script({ status: 401, error: `no such key ${apiKey}` })
    const failed = await ask('POST', `${path}/local/test`, { model: 'other' })
    expect(failed.body).toMatchObject({ ok: false, model: 'local/other' })
    expect(failed.body['error']).toContain('answered 401')
    expect(failed.text).not.toContain(apiKey)
    expect((await ask('POST', `${path}/unknown/test`, {})).status).toBe(404)
  })

  it('are deleted', async () => {
    await ask('PUT', `${path}/local`, local())
    expect((await ask('DELETE', `${path}/local`)).status).toBe(204)
    expect((await ask('DELETE', `${path}/local`)).status).toBe(404)
  })

  it('attack 32: are for those who manage settings', async () => {
    const made = await ask('POST', '/api/settings/api-keys', { name: 'weak', scopes: ['read', 'run', 'write'] })
    const key = String(made.body['key'])
    expect((await ask('GET', path, undefined, { key })).status).toBe(403)
    expect((await ask('PUT', `${path}/x`, local(), { key })).status).toBe(403)
    expect((await ask('POST', `${path}/x/test`, {}, { key })).status).toBe(403)
  })

  it('attack 30: an address saved over the API allows no private host by itself', async () => {
    await ask('PUT', `${path}/metadata`, {
      kind: 'openai_compatible',
      base_url: 'http://169.254.169.254/v1',
      default_model: 'm',
    })
    const reply = await ask('POST', `${path}/metadata/test`, {})
    expect(reply.body['error']).toMatch(/link-local address.*SLUICE_ALLOW_PRIVATE_HOSTS/)
  })

  it('are offered when an Ollama answers nearby, but not once it is set up', async () => {
    const offer = { name: 'ollama', kind: 'openai_compatible', base_url: models.url, models: ['test-model'] }
    expect(await findOllama([], models.url)).toEqual(offer)
    expect(await findOllama([], 'http://127.0.0.1:1/v1')).toBeNull()
    await ask('PUT', `${path}/mine`, { ...local(), base_url: 'http://localhost:11434/v1' })
    expect((await ask('GET', path)).body['offers']).toEqual([])
  })
})
