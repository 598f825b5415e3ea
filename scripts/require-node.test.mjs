import { describe, expect, it } from 'vitest'
import { requireNode } from './require-node.mjs'

describe('requireNode', () => {
  it.each(['20.20.0', '20.20.2', '20.21.0', '22.0.0', '24.1.0'])('takes Node %s', (version) => {
    expect(() => requireNode(version)).not.toThrow()
  })

  it.each(['20.19.9', '18.20.8', '19.30.0'])('refuses Node %s in one line that names what is needed', (version) => {
    expect(() => requireNode(version)).toThrow(`Node 20.20 or newer is needed, this is ${version}: install it from`)
  })
})
