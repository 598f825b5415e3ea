import { blockConfig, defineBlock, field, kinds, readText, singleOutput } from '../contract'

/** Runs a script in the sandbox over copies of its ancestors' data. */
export const code = defineBlock({
  type: 'code',
  aliases: ['function'],
  title: 'Code',
  description: 'Runs Python or JavaScript without network, files or environment.',
  category: 'logic',
  icon: 'code',
  config: blockConfig({
    language: field(kinds.text, {
      title: 'Language',
      control: 'select',
      options: ['python', 'javascript'],
      words: { javascript: 'JavaScript' },
    }),
    code: field(kinds.text, {
      title: 'Code',
      control: 'code',
      help: 'Every earlier block is a variable by id and by name; input_data holds them all.',
    }),
  }),
  defaults: { language: 'python', code: '' },
  outputs: () => singleOutput,
  summary(config) {
    const language = readText(config['language']).toLowerCase() === 'javascript' ? 'JavaScript' : 'Python'
    const lines = readText(config['code']).split('\n')
    return lines[0] === '' ? `Empty ${language}` : `${language}, ${lines.length} line${lines.length === 1 ? '' : 's'}`
  },
  outputFields: [
    { path: 'output', title: 'Result' },
    { path: 'logs', title: 'Printed lines' },
  ],
  capabilities: { timesItself: true, isContained: true },
  boundFields: ['code'],
  expressionFields: [],
  secretFields: [],
  check: () => [],
})
