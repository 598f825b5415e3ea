const columnWidth = 352
const rowHeight = 152

// What a block does changes from column to column, so that cards of every height are drawn.
const kinds = [
  (before) => ({
    type: 'code',
    config: { language: 'javascript', code: `return { total: ${before}.output.total * 2, at: ${before}.output.at }` },
  }),
  (before) => ({ type: 'condition', config: { branches: [{ expression: `<${before}.output.total> > 100` }] } }),
  (before) => ({
    type: 'general_api',
    config: {
      method: 'POST',
      url: `https://example.com/orders/<${before}.output>`,
      body: { order: `<${before}.output>` },
    },
  }),
  (before) => ({
    type: 'agent',
    config: { system_prompt: 'You are brief.', input: `Sum up <${before}.output>` },
  }),
]

/** A graph of rows that run from left to right, each begun by a starter, with edges between the rows until there are
 *  `edgeCount`. */
export function gridGraph({ rows, columns, edgeCount }) {
  const blocks = []
  const edges = []
  const idOf = (column, row) => `c${column}r${row}`
  for (let column = 0; column < columns; column++)
    for (let row = 0; row < rows; row++) {
      const made = column === 0 ? { type: 'starter' } : kinds[(column - 1) % kinds.length](idOf(column - 1, row))
      const position = { x: column * columnWidth, y: row * rowHeight }
      blocks.push({ id: idOf(column, row), name: `Block ${column} ${row}`, position, ...made })
      if (column > 0) edges.push(edgeTo(idOf(column, row), column, idOf(column - 1, row)))
    }
  for (let column = 1; column < columns; column++)
    for (let row = 1; row < rows && edges.length < edgeCount; row++)
      edges.push(edgeTo(idOf(column, row), column, idOf(column - 1, row - 1)))
  return { blocks, edges }
}

function edgeTo(target, column, source) {
  const isFromCondition = column > 1 && (column - 2) % kinds.length === 1
  return { id: `${source}-${target}`, source, target, ...(isFromCondition && { sourceHandle: 'if' }) }
}
