import { isUuid } from '../../contract/ids'
import { blockConfig, defineBlock, field, isMissing, kinds, missingConfig, readText, singleOutput } from '../contract'

/** Asks a language model, which may use tools. */
export const agent = defineBlock({
  type: 'agent',
  aliases: [],
  title: 'Agent',
  description: 'Asks a language model: a saved agent with its tools, or a model chosen here.',
  category: 'ai',
  icon: 'bot',
  config: blockConfig({
    agent_id: field(kinds.text, { title: 'Saved agent', control: 'text', resource: () => 'agents' }),
    model: field(kinds.text, { title: 'Model', control: 'text' }),
    system_prompt: field(kinds.json, { title: 'System prompt', control: 'textarea' }),
    input: field(kinds.json, { title: 'Prompt', control: 'textarea', required: true }),
    messages: field(kinds.list, { title: 'Messages', control: 'json', help: 'Used when the prompt is empty' }),
    prompt: kinds.json,
    message: kinds.json,
    temperature: field(kinds.number, { title: 'Temperature', control: 'number' }),
    max_tokens: field(kinds.number, { title: 'Most tokens to answer with', control: 'number' }),
    tools: field(kinds.list, { title: 'Tools', control: 'json' }),
    output_schema: field(kinds.object, { title: 'Answer schema', control: 'json', help: 'A JSON schema' }),
  }),
  defaults: { model: '', system_prompt: '', input: '' },
  outputs: () => singleOutput,
  summary(config) {
    const agentId = readText(config['agent_id'])
    const isSaved: boolean = isUuid(agentId)
    const model = isSaved ? 'a saved agent' : agentId || readText(config['model'])
    return model ? `Asks ${model}` : 'Asks the default model'
  },
  outputFields: [
    { path: 'output', title: 'Answer' },
    { path: 'model', title: 'Model' },
    { path: 'usage', title: 'Usage' },
    { path: 'tool_calls', title: 'Tool calls' },
  ],
  capabilities: {
    streams: true,
    usesModel(config) {
      const [id, name] = [readText(config['agent_id']), readText(config['model'])]
      // A block's own model wins over its agent's.
      if (id !== '' && name === '') return { kind: 'agent', id, setting: 'agent_id' }
      return { kind: 'model', name: name || null, setting: 'model' }
    },
  },
  // Nothing that arrives in a run may add a tool or change one.
  boundFields: ['tools'],
  expressionFields: [],
  secretFields: [],
  check: (config) =>
    ['input', 'messages', 'prompt', 'message'].every((key) => isMissing(config, key))
      ? [missingConfig('input', 'The agent has no prompt: fill input')]
      : [],
})
