/** The measures of a block's card, in canvas units; cards have a fixed size so that nothing moves once it is drawn. */
export const cardWidth = 248
export const headerHeight = 60
export const rowHeight = 26
const rowsPadding = 6
/** Where the only output leaves, and where the error handle sits above the lower edge. */
export const singleOutputY = headerHeight / 2
export const errorHandleInset = 12

/** Height of a card with that many labelled rows under its header. */
export function cardHeight(rows: number): number {
  return headerHeight + (rows === 0 ? 0 : rows * rowHeight + rowsPadding)
}

/** Middle of a labelled row, counted from the card's upper edge. */
export function rowMiddle(index: number): number {
  return headerHeight + index * rowHeight + rowHeight / 2
}
