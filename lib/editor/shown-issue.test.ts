import { expect, it } from 'vitest'
import { catalog } from '../blocks/catalog'
import type { Block, Graph } from '../contract/graph'
import { compileGraph } from '../graph/compile-graph'
import { messageOnBlock, shownIssue } from './shown-issue'

const id = (digit: number) => `0000000${digit}-49e5-48ac-9bf6-277035e4b6a7`
const block = (digit: number, name: string, type = 'code'): Block => ({
  id: id(digit),
  type,
  name,
  position: { x: 0, y: 0 },
  config: {},
  enabled: true,
})
const edge = (source: number, target: number) => ({
  id: `${source} ${target}`,
  source: id(source),
  target: id(target),
  sourceHandle: 'output',
  targetHandle: 'input',
  condition: null,
})

function messagesOf(graph: Graph): string[] {
  return compileGraph(graph, catalog).issues.map((issue) => shownIssue(issue, graph, catalog).message)
}

it('calls blocks what their cards do, and shows no ids', () => {
  const graph = {
    blocks: [block(1, 'Größe (cm)', 'general_api'), block(2, '', 'general_api'), block(3, 'A'), block(4, 'B')],
    edges: [edge(3, 4), edge(4, 3)],
  }
  const messages = messagesOf(graph)
  expect(messages).toContain('Größe (cm): The request has no address: fill url')
  expect(messages).toContain('HTTP request: The request has no address: fill url')
  expect(messages).toContain('Workflow graph contains a cycle: A → B → A; remove one of these edges')
  expect(messages.filter((message) => message.includes('48ac'))).toEqual([])
})

it('tells one block from another whose id begins alike', () => {
  const [one, other] = [
    { ...block(1, ''), id: 'a' },
    { ...block(2, ''), id: 'ab' },
  ]
  const issue = {
    code: 'unreachable',
    severity: 'warning',
    block: 'ab',
    path: '',
    message: 'Block ab is lost',
  } as const
  expect(shownIssue(issue, { blocks: [one, other], edges: [] }, catalog).message).toBe('Code is lost')
})

it('leaves the name out where the block is shown', () => {
  expect(messageOnBlock('Call: The request has no address', 'Call')).toBe('The request has no address')
  expect(messageOnBlock('Call is never reached', 'Call')).toBe('Call is never reached')
})
