import type { z } from 'zod'
import { graphBodySchema } from './graph'

/** What people read of an endpoint, beside what its declaration says. */
interface ApiWords {
  summary: string
  about?: string
  /** The answer of a success, in words; field names between backticks. */
  answer?: string
  /** Media type of the answer; absent: JSON. */
  type?: string
  /** What the body looks like, where the declaration leaves it to a parser of its own. */
  body?: z.ZodType
}

/** Words for `METHOD path`. A route that has none here is called by its operation's name. */
export const apiWords: Partial<Record<string, ApiWords>> = {
  'GET /api/workflows': { summary: 'List the workflows', answer: '`{workflows, total, limit, offset}`' },
  'POST /api/workflows': {
    summary: 'Create a workflow',
    about: 'Its graph is empty; save one with PUT …/graph.',
    answer: '`{id, name}`',
  },
  'GET /api/workflows/{id}': {
    summary: 'Read a workflow with its graph',
    about: 'Clients read webhook_id and webhook_secret here.',
    answer: 'The list’s fields, and `blocks`, `edges`, `armed_until`, `deployed_version`, `notes`, `pins`',
  },
  'PATCH /api/workflows/{id}': {
    summary: 'Change what is not the graph',
    about: 'At least one field. Notes and pins are no part of the graph, its version or a deploy.',
    answer: '`{ok}`',
  },
  'DELETE /api/workflows/{id}': {
    summary: 'Delete a workflow with its executions',
    about: 'Running executions are cancelled first.',
  },
  'PUT /api/workflows/{id}/graph': {
    summary: 'Save the graph',
    about:
      'Replaces the whole graph and adds 1 to version. With base_version (or If-Match) a newer save is never overwritten: 409 REVISION_CONFLICT. What stops a run is told in issues, and saved all the same.',
    answer: '`{ok, blocks, edges, version, issues}`',
    body: graphBodySchema,
  },
  'POST /api/workflows/{id}/deploy': {
    summary: 'Deploy the saved graph',
    about:
      'Pins it: webhook, schedule and assistants run this version until the next deploy. A graph that cannot run is 422 GRAPH_INVALID with issues.',
    answer: '`{ok, state, version}`',
  },
  'POST /api/workflows/{id}/undeploy': {
    summary: 'Undeploy',
    about: 'Ends schedule and arm window; running executions go on.',
    answer: '`{ok, state}`',
  },
  'POST /api/workflows/{id}/arm': {
    summary: 'Arm the webhook for one call',
    about: 'The next right call within ten minutes runs the draft.',
    answer: '`{ok, armed_until}`',
  },
  'POST /api/workflows/{id}/disarm': { summary: 'Disarm the webhook', answer: '`{ok}`' },
  'GET /api/workflows/{id}/versions': {
    summary: 'List versions that were deployed or run',
    answer: '`{versions, total}`',
  },
  'GET /api/workflows/{id}/versions/{version}': {
    summary: 'Read the graph of a version',
    about: 'To restore it, save that graph.',
    answer: '`{version, blocks, edges}`',
  },
  'POST /api/workflows/{id}/execute': {
    summary: 'Run the newest saved graph',
    about:
      'Waits for the result, 300 s at most. `Prefer: respond-async` answers 202 at once; `Idempotency-Key` makes a repeat answer with the first result.',
    answer: '`{execution_id, status, output, block_outputs, block_logs}`',
  },
  'POST /api/workflows/{id}/execute/stream': {
    summary: 'Run and watch',
    about:
      'Server-sent events: execution_start, block_start, block_chunk, block_step, block_complete, block_error, block_skip, last done or error. Leaving does not end the execution.',
    answer: 'An event stream',
    type: 'text/event-stream',
  },
  'POST /api/workflows/{id}/blocks/{block_id}/run': { summary: 'Run one block alone', answer: 'What the block gave' },
  'GET /api/workflows/{id}/executions': {
    summary: 'List a workflow’s executions',
    about: 'Newest first.',
    answer: '`{executions, total, limit, offset, next_cursor}`',
  },
  'GET /api/workflows/{id}/executions/{eid}': {
    summary: 'Read an execution',
    answer: 'The list’s fields, and `block_outputs`',
  },
  'GET /api/workflows/{id}/executions/{eid}/logs': {
    summary: 'Read what each block did',
    about: 'include=skipped adds the blocks that did not run.',
    answer: '`{block_logs}`',
  },
  'GET /api/workflows/{id}/executions/{eid}/events': {
    summary: 'Watch an execution',
    about: 'Goes on from Last-Event-ID.',
    answer: 'An event stream',
    type: 'text/event-stream',
  },
  'GET /api/workflows/{id}/executions/{eid}/values/{vid}': {
    summary: 'Read a value too large for its log',
    answer: 'The value',
  },
  'GET /api/workflows/{id}/executions/{eid}/compare': {
    summary: 'Compare two executions',
    answer: '`{executions, first_diverging_block, blocks}`',
  },
  'POST /api/workflows/{id}/executions/{eid}/cancel': {
    summary: 'Cancel an execution',
    about: 'Stops the work: requests are aborted, running code is killed.',
    answer: '`{ok, status}`',
  },
  'POST /api/workflows/{id}/executions/{eid}/rerun': {
    summary: 'Run again',
    about: 'Wholly, from a block on, or one block alone.',
    answer: 'As POST …/execute answers',
  },
  'POST /api/workflows/{id}/executions/{eid}/keep': {
    summary: 'Keep an execution',
    about: 'A kept one stays whatever the retention says.',
    answer: '`{ok}`',
  },
  'GET /api/executions': {
    summary: 'List the executions of all workflows',
    answer: '`{executions, total, limit, offset, next_cursor}`',
  },
  'POST /api/webhooks/{id}': {
    summary: 'Call a webhook',
    about:
      'No API key: the webhook’s secret as `Authorization: Bearer` or `?token=`. A JSON object is the input; a form its fields; anything else arrives as `{"body": …}`. A response block chooses status, headers and body.',
    answer: '`{execution_id, status, output}`, or what the response block chose',
  },
  'GET /api/agents': { summary: 'List the agents', answer: '`{agents, total, limit, offset}`' },
  'POST /api/agents': { summary: 'Create an agent', answer: 'The agent' },
  'GET /api/agents/{id}': { summary: 'Read an agent', answer: 'The agent' },
  'PATCH /api/agents/{id}': { summary: 'Change an agent', about: 'At least one field.', answer: 'The agent' },
  'DELETE /api/agents/{id}': { summary: 'Delete an agent' },
  'POST /api/agents/{id}/run': {
    summary: 'Ask an agent',
    about: 'With session_id it goes on with an earlier conversation.',
    answer: '`{run_id, session_id, status, output, model, usage, tool_calls}`',
  },
  'POST /api/agents/{id}/run/stream': {
    summary: 'Ask an agent and watch it answer',
    answer: 'An event stream',
    type: 'text/event-stream',
  },
  'GET /api/agents/{id}/sessions': {
    summary: 'List an agent’s conversations',
    answer: '`{sessions, total, limit, offset}`',
  },
  'GET /api/agents/{id}/sessions/{sid}': {
    summary: 'Read a conversation',
    answer: 'The conversation with its messages',
  },
  'DELETE /api/agents/{id}/sessions/{sid}': { summary: 'Delete a conversation' },
  'GET /api/orchestrations': { summary: 'List the orchestrations', answer: '`{orchestrations, total, limit, offset}`' },
  'POST /api/orchestrations': { summary: 'Create an orchestration', answer: 'The orchestration' },
  'GET /api/orchestrations/{id}': { summary: 'Read an orchestration', answer: 'The orchestration with its entities' },
  'PUT /api/orchestrations/{id}': { summary: 'Replace an orchestration’s settings', answer: 'The orchestration' },
  'DELETE /api/orchestrations/{id}': { summary: 'Delete an orchestration' },
  'GET /api/orchestrations/{id}/entities': { summary: 'List the members', answer: '`{entities}`' },
  'POST /api/orchestrations/{id}/entities': { summary: 'Add a member', answer: 'The member' },
  'PUT /api/orchestrations/{id}/entities/{eid}': { summary: 'Change a member', answer: 'The member' },
  'DELETE /api/orchestrations/{id}/entities/{eid}': { summary: 'Remove a member' },
  'POST /api/orchestrations/{id}/run': { summary: 'Run an orchestration', answer: '`{output, status, steps, usage}`' },
  'POST /api/orchestrations/{id}/run/stream': {
    summary: 'Run an orchestration and watch it',
    answer: 'An event stream',
    type: 'text/event-stream',
  },
  'GET /api/knowledge-bases': {
    summary: 'List the knowledge bases',
    answer: '`{knowledge_bases, total, limit, offset}`',
  },
  'POST /api/knowledge-bases': {
    summary: 'Create a knowledge base',
    about:
      'Its sources are found by their words, and by meaning with the model of embedding_model: without it one that a provider offers, with none no model at all.',
    answer: 'The knowledge base',
  },
  'GET /api/knowledge-bases/{id}': { summary: 'Read a knowledge base', answer: 'The knowledge base' },
  'PATCH /api/knowledge-bases/{id}': {
    summary: 'Change a knowledge base',
    about:
      'At least one field. With another embedding_model the sources are found by words until they are embedded anew.',
    answer: 'The knowledge base',
  },
  'DELETE /api/knowledge-bases/{id}': { summary: 'Delete a knowledge base with its sources' },
  'POST /api/knowledge-bases/{id}/search': {
    summary: 'Search a knowledge base',
    about: 'Best first. Quotes keep words together, a minus leaves a word out.',
    answer:
      '`{hits, meaning}`: each hit `{source_id, source_name, text, score}`; meaning `{searched, model, problem}` says whether meanings were compared, and why not',
  },
  'POST /api/knowledge-bases/{id}/embed': {
    summary: 'Embed the sources that are not embedded yet',
    about: 'Those that were added while the embedding model did not answer, or that another one has read.',
    answer: '`{embedding_model, embedded}`',
  },
  'GET /api/knowledge-bases/{id}/sources': { summary: 'List the sources', answer: '`{sources, total, limit, offset}`' },
  'POST /api/knowledge-bases/{id}/sources': {
    summary: 'Add a source',
    about:
      'As text, or as a file in base64 in data: UTF-8 text, or a PDF with text in it. It is kept when the embedding model fails.',
    answer: 'The source with `embedded_by`, and `not_embedded_because` saying why no model embedded it',
  },
  'GET /api/knowledge-bases/{id}/sources/{sid}': { summary: 'Read a source', answer: 'The source with its `text`' },
  'DELETE /api/knowledge-bases/{id}/sources/{sid}': { summary: 'Delete a source' },
  'GET /api/copilot/sessions': {
    summary: 'Find a workflow’s copilot session',
    answer: '`{session}`, null when there is none',
  },
  'POST /api/copilot/sessions': { summary: 'Begin a copilot session', answer: '`{id, workflow_id}`' },
  'DELETE /api/copilot/sessions/{id}': { summary: 'Forget a copilot session' },
  'GET /api/copilot/sessions/{id}/messages': { summary: 'Read what was said', answer: '`{messages}`' },
  'POST /api/copilot/sessions/{id}/chat': {
    summary: 'Ask the copilot',
    about:
      '409 while a turn runs. Frames: status, tool_call, reasoning_delta, last complete with workflow_diff, or error.',
    answer: 'An event stream',
    type: 'text/event-stream',
  },
  'POST /api/copilot/sessions/{id}/stop': { summary: 'Stop the copilot’s turn', answer: '`{ok}`' },
  'POST /api/copilot/sessions/{id}/test-run': { summary: 'Try a proposal out', answer: 'As POST …/execute answers' },
  'GET /api/settings/api-keys': { summary: 'List the API keys', answer: '`{api_keys}`' },
  'POST /api/settings/api-keys': {
    summary: 'Create an API key',
    about: 'The key is shown this once.',
    answer: '`{id, name, key, scopes}`',
  },
  'DELETE /api/settings/api-keys/{id}': { summary: 'Revoke an API key' },
  'GET /api/settings/secrets': {
    summary: 'List the secrets',
    about: 'Names only: values are write-only.',
    answer: '`{secrets}`',
  },
  'PUT /api/settings/secrets/{name}': {
    summary: 'Save a secret',
    about: 'Workflows say it as {{secrets.NAME}}.',
    answer: '`{ok}`',
  },
  'DELETE /api/settings/secrets/{name}': { summary: 'Delete a secret' },
  'PATCH /api/settings/profile': {
    summary: 'Change one’s own name',
    about: 'For the person who is signed in with a browser; no key may.',
    answer: '`{ok}`',
  },
  'PUT /api/settings/profile/password': {
    summary: 'Change one’s own password',
    about:
      'For the person who is signed in with a browser; no key may. Every other session of theirs ends, keys stay valid. A wrong current password is 400; after ten in a minute 429.',
    answer: '`{ok}`, and the cookie under which the session goes on',
  },
  'GET /api/settings/providers': { summary: 'List the model providers', answer: '`{providers, offers}`' },
  'PUT /api/settings/providers/{name}': {
    summary: 'Save a model provider',
    about: 'Its key is write-only.',
    answer: 'The provider',
  },
  'DELETE /api/settings/providers/{name}': { summary: 'Delete a model provider' },
  'POST /api/settings/providers/{name}/test': {
    summary: 'Test a model provider',
    about: 'Makes a real, short call.',
    answer: '`{ok, model, output, duration_ms}`, or `{ok: false, error}`',
  },
  'POST /api/mcp': {
    summary: 'Speak MCP',
    about:
      'Streamable HTTP of the Model Context Protocol: deployed workflows are its tools. Calling one needs the scope run besides. JSON-RPC in, an event stream out.',
    answer: 'An event stream',
    type: 'text/event-stream',
  },
  'GET /api/health': {
    summary: 'Is it well?',
    about: 'Open to everyone. 503 names what does not answer.',
    answer: '`{status, database, javascript, python, version}`',
  },
  'GET /api/metrics': { summary: 'Metrics for Prometheus', answer: 'Prometheus text', type: 'text/plain' },
  'GET /api/stats': {
    summary: 'The dashboard’s figures',
    answer: '`{total, by_status, success_rate, duration_ms, hourly, slowest, most_failing}`',
  },
  'GET /api/openapi.json': {
    summary: 'This document',
    about: 'OpenAPI 3.1, made of the declarations the server itself checks by.',
    answer: 'An OpenAPI document',
  },
  'POST /api/auth/first-run': {
    summary: 'Create the owner',
    about: 'Open to everyone while there is no user yet.',
    answer: '`{ok}`',
  },
}
