import 'server-only'

const idEndChars = 8
const maxSlugChars = 50

/** What a deployed workflow is called as a tool: its name in plain letters, then the end of its id. So two workflows of
 *  one name are two tools, and no tool's name changes because of another workflow. */
export function deployedToolName({ id, name }: { id: string; name: string }): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, maxSlugChars)
    .replace(/^_+|_+$/g, '')
  return `${slug || 'workflow'}_${id.slice(-idEndChars)}`
}

/** The end of the workflow's id that a tool's name carries, null for a name that is none of ours. */
export function idEndOfToolName(toolName: string): string | null {
  return /^[a-z0-9_]+_([0-9a-f]{8})$/.exec(toolName)?.[1] ?? null
}
