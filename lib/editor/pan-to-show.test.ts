import { describe, expect, it } from 'vitest'
import { isSeen, panToShow } from './pan-to-show'

const pane = { width: 1000, height: 800 }
const narrower = { width: 700, height: 800 }
const lower = { width: 1000, height: 500 }
const still = { x: 0, y: 0, zoom: 1 }
const card = (x: number, y: number) => ({ x, y, width: 248, height: 60 })

describe('panToShow', () => {
  it('moves nothing while all of the area is in view', () => {
    expect(panToShow(still, card(452, 100), { from: pane, to: narrower })).toBeNull()
  })

  it('moves just as far as it takes, and no further way than it has to', () => {
    expect(panToShow(still, card(600, 100), { from: pane, to: narrower })).toEqual({ x: -172, y: 0, zoom: 1 })
    expect(panToShow(still, card(100, 600), { from: pane, to: lower })).toEqual({ x: 0, y: -184, zoom: 1 })
    expect(panToShow(still, card(-20, 100), { from: pane, to: lower })).toEqual({ x: 44, y: 0, zoom: 1 })
  })

  it('counts in pixels of the pane at any zoom', () => {
    const view = { x: 40, y: 10, zoom: 0.5 }
    expect(panToShow(view, card(1200, 100), { from: pane, to: narrower })).toEqual({ x: -48, y: 10, zoom: 0.5 })
  })

  it('shows the beginning of what does not fit', () => {
    const tall = { x: 100, y: 300, width: 248, height: 600 }
    expect(panToShow(still, tall, { from: pane, to: lower })).toEqual({ x: 0, y: -276, zoom: 1 })
    expect(panToShow({ ...still, y: -276 }, tall, { from: pane, to: lower })).toBeNull()
  })

  it('leaves a view alone that looks elsewhere', () => {
    expect(panToShow(still, card(1400, 100), { from: pane, to: narrower })).toBeNull()
  })
})

describe('isSeen', () => {
  it('tells whether some of an area is in view', () => {
    expect(isSeen(still, card(-240, 100), pane)).toBe(true)
    expect(isSeen(still, card(-250, 100), pane)).toBe(false)
    expect(isSeen({ ...still, zoom: 0.5 }, card(1990, 1590), pane)).toBe(true)
    expect(isSeen(still, card(100, 800), pane)).toBe(false)
  })
})
