import { expect, it } from 'vitest'
import { whyNoWorkflow } from './why-no-workflow'

it.each([
  ['{\n  "blocks": [],\n}', /^a\.json is not JSON \(.*line 3 column 1.*\): a workflow is JSON with a list of blocks/],
  ['hello', /^a\.json is not JSON \(.*hello.*\): a workflow is/],
  ['{"blocks": [', /^a\.json is not JSON \(Unexpected end .*\): a workflow is/],
  [' ', /^a\.json is not JSON \(it is empty\): a workflow is/],
  ['{"nodes": []}', /^a\.json holds no workflow: a workflow is JSON with a list of blocks, each with a type$/],
])('says of a file with %j what it is instead', (text, reason) => {
  expect(whyNoWorkflow('a.json', text)).toMatch(reason)
})
