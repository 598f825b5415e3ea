import { previewText } from '../graph/preview-value'
import { compileTemplate, readReference, type WrittenReference } from '../graph/references'
import type { KnownScope } from './last-scope'

/** A reference as it stands in a field's text. */
export interface MarkedReference {
  text: string
  /** Where it stands: from `start` to before `end`. */
  start: number
  end: number
  /** Its value in the newest run this page has seen; null when none is known. */
  value: string | null
  /** It names no block that runs before this one. */
  isBroken: boolean
}

/** Finds the references in a field's text, with what they lead to. */
export function markReferences(text: string, scope: KnownScope): MarkedReference[] {
  const template = compileTemplate(text, { secrets: true })
  if (template.kind !== 'text' && template.kind !== 'reference') return []
  const parts: readonly (string | WrittenReference)[] = template.kind === 'text' ? template.parts : [template]
  let end = 0
  return parts.flatMap((part): MarkedReference[] => {
    const written = typeof part === 'string' ? part : part.text
    const start = end
    end += written.length
    if (typeof part === 'string') return []
    const { reference } = part
    const value = readReference(reference, scope)
    const isBroken = reference.kind === 'block' && !scope.reaches(reference.block)
    return [{ text: written, start, end, value: value === undefined ? null : previewText(value), isBroken }]
  })
}
