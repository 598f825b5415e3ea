import { setTimeout as wait } from 'node:timers/promises'

const stepMs = 16
const steps = 150

/** Leads the pressed mouse from a point on a slow ellipse, a move every 16 ms whether or not the page keeps up, as a hand
 *  does. Tells how many frames the page drew a second meanwhile. */
export async function dragFrom(page, { x, y }) {
  const mouse = await page.context().newCDPSession(page)
  const send = (type, at) =>
    mouse.send('Input.dispatchMouseEvent', {
      type,
      ...at,
      button: 'left',
      buttons: 1,
      clickCount: 1,
      pointerType: 'mouse',
    })
  const point = (step) => {
    const angle = (step / steps) * 4 * Math.PI
    return { x: x + 160 * Math.sin(angle), y: y + 90 * (1 - Math.cos(angle)) }
  }
  await page.mouse.move(x, y)
  await send('mousePressed', { x, y })
  const before = await framesOf(page)
  const moves = []
  for (let step = 1; step <= steps; step++) {
    moves.push(send('mouseMoved', point(step)))
    await wait(stepMs)
  }
  await Promise.all(moves)
  const after = await framesOf(page)
  await send('mouseReleased', point(steps))
  await mouse.detach()
  return Math.round(((after.frames - before.frames) / (after.at - before.at)) * 10_000) / 10
}

/** Counts the frames the page draws from now on. */
export async function countFrames(page) {
  await page.evaluate(() => {
    globalThis.drawnFrames = 0
    const next = () => {
      globalThis.drawnFrames++
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })
}

/** Types into the field that has the focus, a key every 100 ms, and tells for each how long it took until the frame that
 *  shows it was presented (Event Timing; the browser rounds to 8 ms and reports nothing under 16 ms). */
export async function typeSlowly(page, text) {
  await page.evaluate(() => {
    globalThis.keyEntries = []
    const observer = new PerformanceObserver((list) => {
      for (const { name, startTime, duration } of list.getEntries())
        if (['keydown', 'keypress', 'beforeinput', 'input'].includes(name))
          globalThis.keyEntries.push({ startTime, duration })
    })
    observer.observe({ type: 'event', durationThreshold: 16 })
  })
  await page.keyboard.type(text, { delay: 100 })
  await wait(500)
  const entries = await page.evaluate(() => globalThis.keyEntries)
  const byKey = new Map()
  for (const { startTime, duration } of entries) {
    const key = Math.round(startTime / 20)
    byKey.set(key, Math.max(byKey.get(key) ?? 0, duration))
  }
  const unreported = Math.max(0, text.length - byKey.size)
  return [...byKey.values(), ...Array.from({ length: unreported }, () => 16)]
}

async function framesOf(page) {
  return page.evaluate(() => ({ frames: globalThis.drawnFrames, at: performance.now() }))
}
