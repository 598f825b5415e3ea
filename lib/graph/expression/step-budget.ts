import { ExpressionError } from './expression-error'
import type { JsonObject } from '../../contract/json'
import { maxExpressionSteps } from '../../limits'

/** Counts the work of one evaluation, so that a short expression over large values cannot hold the process. */
export class StepBudget {
  private left = maxExpressionSteps
  private readonly keyCounts = new WeakMap<JsonObject, number>()

  /** @throws ExpressionError once `maxExpressionSteps` are spent. */
  spend(steps: number): void {
    this.left -= steps
    if (this.left < 0)
      throw new ExpressionError('value', `The expression takes more than ${maxExpressionSteps} steps on these values`)
  }

  /** Going through a text costs a step per 64 characters, and one in any case. */
  spendText(text: string): void {
    this.spend(1 + (text.length >> 6))
  }

  /** Counts an object's keys, each object once. */
  countKeys(object: JsonObject): number {
    const known = this.keyCounts.get(object)
    if (known !== undefined) return known
    const count = Object.keys(object).length
    this.spend(count)
    this.keyCounts.set(object, count)
    return count
  }
}
