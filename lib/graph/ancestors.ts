/** Which blocks lie before which: one bit per pair, so the largest graph takes half a megabyte. */
export class AncestorSets {
  private readonly words: number
  private readonly bits: Uint32Array

  constructor(private readonly blockCount: number) {
    this.words = Math.ceil(blockCount / 32)
    this.bits = new Uint32Array(blockCount * this.words)
  }

  /** Records an edge. Edges have to arrive with all ancestors of `source` already known (topological order). */
  addEdge(source: number, target: number): void {
    const from = source * this.words
    const to = target * this.words
    for (let word = 0; word < this.words; word++) this.include(to + word, this.bits[from + word] ?? 0)
    this.include(to + (source >>> 5), 1 << (source & 31))
  }

  /** Tells whether a path of edges leads from `candidate` to `block`. */
  has(block: number, candidate: number): boolean {
    const word = this.bits[block * this.words + (candidate >>> 5)] ?? 0
    return (word & (1 << (candidate & 31))) !== 0
  }

  /** Ancestors of a block in graph order. */
  list(block: number): number[] {
    const found: number[] = []
    for (let candidate = 0; candidate < this.blockCount; candidate++)
      if (this.has(block, candidate)) found.push(candidate)
    return found
  }

  private include(word: number, bits: number): void {
    this.bits[word] = (this.bits[word] ?? 0) | bits
  }
}
