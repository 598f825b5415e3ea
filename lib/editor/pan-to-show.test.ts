import { describe, expect, it } from 'vitest'
import { isAllSeen, isSeen, panToShow } from './pan-to-show'

const pane = { width: 1000, height: 800 }
const narrower = { width: 700, height: 800 }
const lower = { width: 1000, height: 500 }
const still = { x: 0, y: 0, zoom: 1 }
const card = (x: number, y: number) => ({ x, y, width: 248, height: 60 })

it('tells whether all of an area is in view', () => {
  expect(isAllSeen(still, card(700, 700), pane)).toBe(true)
  expect(isAllSeen(still, card(700, 700), narrower)).toBe(false)
  expect(isAllSeen(still, card(700, 700), lower)).toBe(false)
  expect(isAllSeen({ ...still, x: -1 }, card(0, 0), pane)).toBe(false)
})

describe('panToShow', () => {
  it('moves nothing while all of the area is in view', () => {
    expect(panToShow(still, card(452, 100), narrower)).toBeNull()
  })

  it('moves just as far as it takes, and no further way than it has to', () => {
    expect(panToShow(still, card(600, 100), narrower)).toEqual({ x: -172, y: 0, zoom: 1 })
    expect(panToShow(still, card(100, 600), lower)).toEqual({ x: 0, y: -184, zoom: 1 })
    expect(panToShow(still, card(-20, 100), lower)).toEqual({ x: 44, y: 0, zoom: 1 })
  })

  it('counts in pixels of the pane at any zoom', () => {
    const view = { x: 40, y: 10, zoom: 0.5 }
    expect(panToShow(view, card(1200, 100), narrower)).toEqual({ x: -48, y: 10, zoom: 0.5 })
  })

  it('shows the beginning of what does not fit', () => {
    const tall = { x: 100, y: 300, width: 248, height: 600 }
    expect(panToShow(still, tall, lower)).toEqual({ x: 0, y: -276, zoom: 1 })
    expect(panToShow({ ...still, y: -276 }, tall, lower)).toBeNull()
  })

  it('goes to what is out of view, and keeps the zoom', () => {
    expect(panToShow(still, card(1400, 100), narrower)).toEqual({ x: -972, y: 0, zoom: 1 })
    expect(panToShow({ ...still, zoom: 0.5 }, card(-400, 100), pane)).toEqual({ x: 224, y: 0, zoom: 0.5 })
  })

  it('comes out from under what lies over the pane, the shorter way', () => {
    const covers = [{ x: 820, y: 670, width: 168, height: 112 }]
    expect(panToShow(still, card(600, 720), { ...pane, covers })).toEqual({ x: -52, y: 0, zoom: 1 })
    expect(panToShow(still, card(740, 640), { ...pane, covers })).toEqual({ x: 0, y: -54, zoom: 1 })
    expect(panToShow(still, card(560, 720), { ...pane, covers })).toBeNull()
    // Brought in from the right it would come to lie there.
    expect(panToShow(still, card(1400, 700), { ...pane, covers })).toEqual({ x: -672, y: -114, zoom: 1 })
  })

  it('stays under it where there is no other room', () => {
    const covers = [{ x: 20, y: 670, width: 968, height: 112 }]
    const tall = { x: 100, y: 20, width: 248, height: 760 }
    expect(panToShow(still, tall, { ...pane, covers })).toBeNull()
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
