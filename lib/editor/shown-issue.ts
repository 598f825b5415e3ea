import type { Catalog } from '../blocks/contract'
import type { Block, Graph, GraphIssue } from '../contract/graph'
import { shownName, titleOf } from '../graph/block-title'
import { blockIndex } from './graph-index'

/** An issue as the studio shows it: with the names that stand on the cards. Messages name blocks for those who hold no
 *  picture of the graph, with ids. */
export function shownIssue(issue: GraphIssue, graph: Graph, catalog: Catalog): GraphIssue {
  const own = issue.block === null ? undefined : blockIndex(graph).get(issue.block)
  const begun = own ? named(issue.message, own, catalog) : issue.message
  // Only circles and edges name other blocks: not every issue is worth a look at every block.
  const message = begun.includes('Block ')
    ? graph.blocks.reduce((text, one) => named(text, one, catalog), begun)
    : begun
  return message === issue.message ? issue : { ...issue, message }
}

/** A message about a block where that block is shown: without its name in front. */
export function messageOnBlock(message: string, name: string): string {
  return message.startsWith(`${name}: `) ? message.slice(name.length + 2) : message
}

function named(message: string, block: Block, catalog: Catalog): string {
  const [begin, ...rest] = message.split(titleOf(block))
  return rest.reduce(
    (text, part) => text + (isWithinWord(part) ? titleOf(block) : shownName(block, catalog)) + part,
    begin ?? '',
  )
}

/** `Block a` stands in `Block ab` too. */
function isWithinWord(after: string): boolean {
  return /^[\p{L}\p{N}_-]/u.test(after)
}
