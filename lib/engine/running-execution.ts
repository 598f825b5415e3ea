import 'server-only'
import type { PoolClient } from 'pg'
import type { LiveExecution } from './live-executions'
import type { Journal } from './journal'
import type { ExecutionObservation, Observer } from './observer'
import type { TestRun } from './test-run'
import type { Plan } from '../graph/plan'
import type { BlockData, BlockStep, Trigger } from '../contract/execution'
import type { Json, JsonObject } from '../contract/json'
import type { Principal } from '../contract/principal'
import type { TraceContext } from '../contract/trace-context'
import type {
  AgentAnswer,
  AgentRequest,
  CodeJob,
  OrchestrationAnswer,
  OrchestrationRequest,
  OutboundRequest,
  OutboundResponse,
  PlatformCall,
} from '../blocks/contract'
import type { NewBlockLog } from '../data/block-logs'

/** Who a block acts for when it calls the platform's own operations. */
export interface PlatformCaller {
  principal: Principal
  /** How many executions stand above the called one; the first is 0. */
  depth: number
  /** The calling block's place in a trace. */
  trace?: TraceContext | null
  signal: AbortSignal
}

/** Which block speaks to a model, for whom, and who listens. */
export interface AgentCaller extends PlatformCaller {
  executionId: string
  blockId: string
  onText: (text: string) => void
  onStep: (step: BlockStep) => void
}

/** What runs agents and orchestrations. */
export interface AgentPower {
  runAgent(request: AgentRequest, caller: AgentCaller): Promise<AgentAnswer>
  runOrchestration(request: OrchestrationRequest, caller: AgentCaller): Promise<OrchestrationAnswer>
}

/** The powers the engine hands to blocks, and the parts that stand in for the world in tests. */
export interface EngineDependencies {
  journal: Journal
  fetch(request: OutboundRequest): Promise<OutboundResponse>
  runCode(job: CodeJob): Promise<{ output: Json; logs: string[] }>
  platform(call: PlatformCall, caller: PlatformCaller): Promise<{ output: Json; statusCode: number }>
  /** Runs agents and orchestrations with a block's rights. */
  agents: AgentPower
  /** Puts executions into the durable queue, within the transaction that records them. */
  enqueue(executionIds: readonly string[], client: PoolClient): Promise<void>
  /** Vault values by name; names the vault does not hold are absent. */
  readSecrets(names: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Replaces every given value by `[redacted]` in all texts of a JSON value. */
  createRedactor(values: readonly string[]): (value: Json) => Json
  now(): Date
  newId(): string
  /** A number in [0, 1). */
  random(): number
  /** Absent: nobody watches. */
  observer?: Observer | undefined
}

/** One execution while it runs: what its blocks share. */
export interface RunningExecution {
  id: string
  /** The process that runs it. */
  runnerId: string
  workflowId: string
  plan: Plan
  trigger: Trigger
  triggerBlockId: string | null
  /** The run's own input. */
  input: JsonObject
  /** Workflow variables overlaid by the run's. */
  variables: JsonObject
  /** Metadata of the webhook call, for the called block. */
  request: JsonObject | null
  principal: Principal
  depth: number
  signal: AbortSignal
  live: LiveExecution
  observation: ExecutionObservation | undefined
  secrets: ReadonlyMap<string, string>
  redact: (value: Json) => Json
  /** What this run does otherwise than a live one. */
  test: TestRun | null
  /** Data of settled blocks by plan index; absent for skipped ones. */
  data: (BlockData | undefined)[]
  logs: NewBlockLog[]
  /** True when each settled block has to be on disk before the next one starts. */
  isDurable: boolean
  /** Blocks started so far, those before a takeover included. */
  startedBlocks: number
  /** Bytes of input and block outputs so far; bounded by `maxExecutionStoredBytes`. */
  storedBytes: number
  /** The failure that ended the execution: set once. */
  failure: { blockIndex: number; message: string } | null
}
