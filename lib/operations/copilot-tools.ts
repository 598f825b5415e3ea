import 'server-only'
import { z } from 'zod'
import { describeBlocks } from './copilot-catalog'
import { draftSchema, type Draft } from './copilot-draft'
import { describeExecution, describeFailures } from './copilot-executions'
import { checkDraft, type CheckedProposal } from './copilot-proposal'
import type { CopilotSight } from './copilot-sight'
import { blockDataOf } from './pinned-data'
import { rehearseGraph } from './rehearse-graph'
import { catalog } from '../blocks/catalog'
import type { CopilotTestRun } from '../contract/copilot'
import { isUuid } from '../contract/ids'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'
import type { Graph, GraphIssue } from '../contract/graph'
import type { Principal } from '../contract/principal'
import { compileGraph } from '../graph/compile-graph'
import { copilotProposalRounds } from '../limits'
import type { AgentTool } from '../models/tool-set'

/** What a turn works on, and what it has to show so far. */
export interface CopilotWork {
  workflowId: string
  principal: Principal
  /** The person's graph, nothing hidden. */
  graph: Graph
  sight: CopilotSight
  /** The last proposal that may be shown. */
  proposal: CheckedProposal | null
  /** Proposals so far, those that were refused included. */
  rounds: number
}

/** The copilot's tools: always these, whatever anyone or any data says. None of them changes anything, and none reaches
 *  out of this process. */
export function copilotTools(work: CopilotWork): AgentTool[] {
  const draft = z.toJSONSchema(draftSchema, { io: 'input' }) as JsonObject
  return [
    tool('read_blocks', 'What block types take, give and need. Without types: all of them.', {
      input: z.object({ types: z.array(z.string()).optional() }),
      run: ({ types = [] }) => describeBlocks(types),
    }),
    tool('read_graph', 'The open workflow as it stands, with its problems. Credentials are hidden.', {
      input: z.object({}),
      run: () => work.sight.data('graph', graphOf(work)),
    }),
    tool('list_failures', 'The newest executions of this workflow that failed.', {
      input: z.object({}),
      run: async () => work.sight.data('executions', await describeFailures(work.workflowId)),
    }),
    tool('read_execution', 'One execution of this workflow, block by block: configs, data, errors.', {
      input: z.object({ execution_id: z.string() }),
      run: async ({ execution_id: id }) => {
        if (!isUuid(id)) throw new Error('execution_id must be a UUID: list_failures gives them')
        return work.sight.data(`execution ${id}`, await describeExecution(work.workflowId, id.toLowerCase()))
      },
    }),
    draftTool('validate', 'Compiles the graph with a change in it, without proposing it.', draft, (input) =>
      verdictOf(checkDraft(input, shownTo(work)), work),
    ),
    testRunTool(work, draft),
    draftTool(
      'propose',
      'Shows the person a change. It is compiled first: problems come back to be mended.',
      draft,
      (input) => propose(input, work),
    ),
  ]
}

function graphOf({ graph, sight }: CopilotWork): Json {
  const { blocks, edges } = sight.graph
  const { issues } = compileGraph(graph, catalog)
  return {
    blocks: blocks.map(({ id, type, name, config, enabled }) => ({ id, type, name, config, enabled })),
    edges: edges.map(({ source, target, sourceHandle, condition }) => ({ source, target, sourceHandle, condition })),
    issues: issues.map(issueOf),
  }
}

function shownTo({ graph, sight }: CopilotWork): { graph: Graph; shown: Graph } {
  return { graph, shown: sight.graph }
}

/** Three rounds: the last one is shown even if warnings are left, never if an error is. */
function propose(draft: Draft, work: CopilotWork): Json {
  if (work.rounds >= copilotProposalRounds)
    return { shown: false, problem: 'No rounds are left. Say plainly what could not be done.' }
  work.rounds++
  const checked = checkDraft(draft, shownTo(work))
  const left = copilotProposalRounds - work.rounds
  const isBroken = checked.problems.length > 0 || checked.issues.some(({ severity }) => severity === 'error')
  const isShown = !isBroken && (checked.newIssues.length === 0 || left === 0)
  if (!isShown) return { shown: false, ...verdict(checked, work), rounds_left: left }
  work.proposal = checked
  return { shown: true, ...verdict(checked, work), next: 'Answer the person now, in a few sentences.' }
}

function verdictOf(checked: CheckedProposal, work: CopilotWork): Json {
  return { valid: checked.problems.length === 0 && checked.newIssues.length === 0, ...verdict(checked, work) }
}

function verdict({ problems, newIssues }: CheckedProposal, { sight }: CopilotWork): JsonObject {
  return {
    problems: problems.map((problem) => sight.clean(problem)),
    issues: newIssues.map((issue) => sight.clean(issueOf(issue))),
  }
}

function issueOf({ severity, code, block, path, message }: GraphIssue): string {
  return `${severity} ${code}${block === null ? '' : ` at ${block}`}${path === '' ? '' : ` ${path}`}: ${message}`
}

const testRunSchema = z.object({
  change: draftSchema.optional(),
  variables: z.looseObject({}).optional(),
  stand_ins: z.looseObject({}).optional(),
})

function testRunTool(work: CopilotWork, draft: JsonObject): AgentTool {
  const object: JsonObject = { type: 'object', additionalProperties: {} }
  return {
    name: 'test_run',
    description:
      'Runs the graph, with a change in it or as it is, on given variables. Blocks that would act outside do not run: ' +
      'give each an output in stand_ins, by block id, unless the person has pinned data to it.',
    inputSchema: { type: 'object', properties: { change: draft, variables: object, stand_ins: object } },
    async run(input, signal) {
      const { change, variables, stand_ins: standIns } = testRunSchema.parse(input)
      const checked = change ? checkDraft(change, shownTo(work)) : null
      if (checked && checked.problems.length > 0) return verdictOf(checked, work)
      const result = await rehearseGraph({
        workflowId: work.workflowId,
        graph: checked?.graph ?? work.graph,
        variables: jsonOf(variables),
        standIns: blockDataOf(jsonOf(standIns)),
        isContained: true,
        principal: work.principal,
        signal,
      })
      return work.sight.data('test run', shortResult(result))
    },
  }
}

function shortResult({ blocks, ...result }: CopilotTestRun): Json {
  return {
    ...result,
    blocks: blocks.map(({ block_id, status, data, error, skip_reason, warnings }) => ({
      ...{ block_id, status, data, error, skip_reason, warnings },
    })),
  }
}

function tool<Schema extends z.ZodType>(
  name: string,
  description: string,
  { input, run }: { input: Schema; run: (input: z.output<Schema>) => Json | Promise<Json> },
): AgentTool {
  return {
    name,
    description,
    inputSchema: z.toJSONSchema(input, { io: 'input' }) as JsonObject,
    run: async (given) => run(input.parse(given)),
  }
}

function draftTool(name: string, description: string, inputSchema: JsonObject, run: (input: Draft) => Json): AgentTool {
  return { name, description, inputSchema, run: (given) => Promise.resolve(run(draftSchema.parse(given))) }
}

function jsonOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {}
}
