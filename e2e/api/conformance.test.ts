import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorkflow, send } from './client'
import { startServer, type TestServer } from '../../test/server'

interface Vector {
  group: string
  name: string
  blocks: object[]
  edges: object[]
  variables: object
  expect: { ran: string[]; outputs: Record<string, Record<string, unknown>> }
}

const vectors = JSON.parse(readFileSync(new URL('../fixtures/vectors.json', import.meta.url), 'utf8')) as Vector[]

describe('graphs written for the other product give the same results', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.stop())

  it.each(vectors.map((vector) => [`${vector.group}: ${vector.name}`, vector] as const))(
    '%s',
    async (_title, vector) => {
      const id = await createWorkflow(server, { blocks: vector.blocks, edges: vector.edges })
      const reply = await send(server, 'POST', `/api/workflows/${id}/execute`, {
        body: { variables: vector.variables },
      })
      expect(reply.status, reply.text).toBe(200)
      const outputs = reply.body['block_outputs'] as unknown as Record<string, object>
      expect(Object.keys(outputs).sort()).toEqual(vector.expect.ran)
      for (const [blockId, expected] of Object.entries(vector.expect.outputs))
        expect(outputs[blockId], blockId).toMatchObject(expected)
    },
  )
})
