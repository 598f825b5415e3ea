import { z } from 'zod'
import { maxApiBodyBytes } from '../limits'
import type { Endpoint } from './endpoint'
import { uuidParam } from './workflows'

export const executionParams = z.object({ id: uuidParam, eid: uuidParam })
export type ExecutionParams = z.infer<typeof executionParams>
const valueParams = z.object({ id: uuidParam, eid: uuidParam, vid: uuidParam })
export type ValueParams = z.infer<typeof valueParams>

export const executionLogsQuery = z.object({
  /** Comma-separated: `skipped` adds the blocks that did not run. Other words are passed over. */
  include: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((word) => word.trim())),
})
export type ExecutionLogsQuery = z.infer<typeof executionLogsQuery>

/** Body of a keep call: true pins the execution against retention, false lets it go again. */
export const keepExecutionBody = z.object({ kept: z.boolean() })
export type KeepExecutionBody = z.infer<typeof keepExecutionBody>

const noQuery = z.object({})
const reading = { scope: 'read', query: noQuery, body: null, maxBodyBytes: 0, status: 200 } as const

export const getExecutionEndpoint: Endpoint<ExecutionParams, object, unknown> = { ...reading, params: executionParams }
export const getExecutionLogsEndpoint: Endpoint<ExecutionParams, ExecutionLogsQuery, unknown> = {
  ...reading,
  params: executionParams,
  query: executionLogsQuery,
}
export const keepExecutionEndpoint: Endpoint<ExecutionParams, object, KeepExecutionBody> = {
  scope: 'write',
  params: executionParams,
  query: noQuery,
  body: keepExecutionBody,
  maxBodyBytes: maxApiBodyBytes,
  status: 200,
}
export const getExecutionValueEndpoint: Endpoint<ValueParams, object, unknown> = { ...reading, params: valueParams }
