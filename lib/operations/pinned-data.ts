import 'server-only'
import { isJsonObject, type Json, type JsonObject } from '../contract/json'
import type { TestRun } from '../engine/test-run'

/** What a run of the draft does otherwise than a live one: pinned data stands in for its blocks. `pins` is the
 *  workflow's JSON text. Null when nothing is pinned, or the caller wants none of it. */
export function testRunOf(pins: string, usesPins: boolean | null | undefined): TestRun | null {
  const pinned = usesPins === false ? {} : readPins(pins)
  return Object.keys(pinned).length === 0 ? null : { pins: pinned, onlyBlock: null, overlay: null }
}

/** A workflow's pins as the data of blocks. */
export function readPins(pins: string): Record<string, JsonObject> {
  if (pins === '{}') return {}
  const parsed: unknown = JSON.parse(pins)
  return isJsonObject(parsed) ? blockDataOf(parsed) : {}
}

/** Data by block id as people write it: a block's whole data, or its output alone. */
export function blockDataOf(given: JsonObject): Record<string, JsonObject> {
  return Object.fromEntries(Object.entries(given).map(([blockId, value]) => [blockId, wholeData(value)]))
}

function wholeData(value: Json): JsonObject {
  const isWhole = isJsonObject(value) && (Object.hasOwn(value, 'output') || Object.hasOwn(value, 'route'))
  return isWhole ? value : { output: value }
}
