import type { Turn } from './model-server'

type Spoken = Extract<Turn, { text: string } | { calls: unknown }>

/** The events of Anthropic's streamed messages. */
export function anthropicAnswer(turn: Spoken): object[] {
  const [input, output] = turn.usage ?? [10, 5]
  const calls = 'calls' in turn ? turn.calls : []
  const thinking = { type: 'thinking', thinking: '', signature: '' }
  const blocks = [
    ...(turn.reasoning ? [{ start: thinking, delta: { type: 'thinking_delta', thinking: turn.reasoning } }] : []),
    ...(turn.text ? [{ start: { type: 'text', text: '' }, delta: { type: 'text_delta', text: turn.text } }] : []),
    ...calls.map((call, index) => ({
      start: { type: 'tool_use', id: `toolu_${index}`, name: call.name, input: {} },
      delta: { type: 'input_json_delta', partial_json: JSON.stringify(call.input) },
    })),
  ]
  return [
    {
      type: 'message_start',
      message: {
        id: 'msg',
        type: 'message',
        role: 'assistant',
        model: 'claude-test',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: input, output_tokens: 0 },
      },
    },
    ...blocks.flatMap(({ start, delta }, index) => [
      { type: 'content_block_start', index, content_block: start },
      { type: 'content_block_delta', index, delta },
      { type: 'content_block_stop', index },
    ]),
    {
      type: 'message_delta',
      delta: { stop_reason: calls.length > 0 ? 'tool_use' : 'end_turn', stop_sequence: null },
      usage: { output_tokens: output },
    },
    { type: 'message_stop' },
  ]
}

/** The events of Google's streamed generateContent. */
export function googleAnswer(turn: Spoken): object[] {
  const [input, output] = turn.usage ?? [10, 5]
  const calls = 'calls' in turn ? turn.calls : []
  const parts = [
    ...(turn.text ? [{ text: turn.text }] : []),
    ...calls.map((call) => ({ functionCall: { name: call.name, args: call.input } })),
  ]
  return [
    {
      candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }],
      usageMetadata: { promptTokenCount: input, candidatesTokenCount: output, totalTokenCount: input + output },
    },
  ]
}
