/** Why an expression has no value: it does not parse, it names something unknown, or its values do not go together. */
export type ExpressionErrorReason = 'syntax' | 'unknown_name' | 'value'

/** A failure of an expression. The message is what the author of the graph reads. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'

  constructor(
    readonly reason: ExpressionErrorReason,
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(message, options)
  }
}
