import { expect, it } from 'vitest'
import { useTestApp } from '@/test/app'
import type { ApiDocument, ApiOperation } from '@/lib/contract/api-document'
import { apiWords } from '@/lib/contract/api-words'
import { statusOfCode } from '@/lib/contract/errors'
import { offeredMethods } from '@/lib/http/methods'
import { apiRoutesOf } from './api-routes'
import { routes } from './routes'

const { ask } = useTestApp()
const read = async () => JSON.parse((await ask('GET', '/api/openapi.json')).text) as ApiDocument
const operation = (document: ApiDocument, method: string, path: string) =>
  document.paths[path]?.[method.toLowerCase()] as ApiOperation

it('describes every method of every route', async () => {
  const { paths } = await read()
  const described = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const offered = Object.entries(routes).flatMap(([pattern, module]) =>
    offeredMethods(module)
      .filter((method) => method !== 'HEAD')
      .map((method) => `${method} ${pattern.replaceAll('[', '{').replaceAll(']', '}')}`),
  )
  expect(described.toSorted()).toEqual(offered.toSorted())
  expect(described.length).toBeGreaterThan(60)
})

it('has words for routes that exist, and a name of its own for every operation', async () => {
  const document = await read()
  const known = apiRoutesOf(routes).map(({ method, path }) => `${method} ${path}`)
  expect(Object.keys(apiWords).filter((key) => !known.includes(key))).toEqual([])
  const all = Object.values(document.paths).flatMap((item) => Object.values(item))
  expect(all.filter(({ summary }) => !/^[A-Z].{3}/.test(summary))).toEqual([])
  const ids = all.map(({ operationId }) => operationId)
  expect(ids.filter((id, index) => id === '' || ids.indexOf(id) !== index)).toEqual([])
})

it('tells parameters, bodies and scopes as the server checks them', async () => {
  const document = await read()
  const list = operation(document, 'GET', '/api/workflows')
  expect(list.parameters.map(({ name }) => name)).toEqual(['limit', 'offset', 'q', 'sort', 'order', 'state'])
  expect(list.parameters[3]?.schema.enum).toEqual(['created_at', 'name', 'updated_at', 'last_execution_at'])
  const create = operation(document, 'POST', '/api/workflows')
  expect(create).toMatchObject({ 'x-scope': 'write', requestBody: { required: true } })
  const body = create.requestBody?.content['application/json']?.schema
  expect(body).toMatchObject({ required: ['name'], properties: { variables: { type: 'object' } } })
  const execute = operation(document, 'POST', '/api/workflows/{id}/execute')
  expect(execute).toMatchObject({ 'x-scope': 'run', requestBody: { required: false } })
  expect(Object.keys(execute.requestBody?.content['application/json']?.schema.properties ?? {})).toContain('variables')
  expect(execute.parameters).toMatchObject([{ name: 'id', in: 'path', required: true }])
  expect(operation(document, 'POST', '/api/webhooks/{id}').security).toEqual([])
  const graph = operation(document, 'PUT', '/api/workflows/{id}/graph')
  expect(graph.requestBody?.content['application/json']?.schema.required).toEqual(['blocks'])
})

it('lists every error code but that of 401, which has none', async () => {
  const { components, info } = await read()
  const error = components['schemas']?.['Error'] as { properties: { error_code: { enum: string[] } } }
  const codes = Object.keys(statusOfCode).filter((code) => code !== 'UNAUTHORIZED')
  expect(error.properties.error_code.enum.toSorted()).toEqual(codes.toSorted())
  for (const code of codes) expect(info.description).toContain(code)
})
