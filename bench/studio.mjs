// `npm run bench:studio`: what the studio costs in a browser, against a server of its own. Figures are upper bounds: server,
// browser and whatever else the machine does share its processors, and the browser draws without a graphics card.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { findBrowser } from '../scripts/browser.mjs'
import { machineName } from './machine.mjs'
import { api, startSluice } from './servers.mjs'
import { countFrames, dragFrom, typeSlowly } from './studio/gestures.mjs'
import { gridGraph } from './studio/grid-graph.mjs'
import { freshPage, openWorkflow, ownerSettings, scriptKilobytes, signIn } from './studio/pages.mjs'
import { spread } from './studio/spread.mjs'
import { traced } from './studio/trace.mjs'

const opens = 7
/** After a gesture: the problems are found and the graph is saved, which must not hold up the page either. */
const settleMs = 2_000
/** Between two turns of the wheel. */
const stepMs = 32

const server = await startSluice(ownerSettings)
const executablePath = await findBrowser()
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
})
try {
  const results = await measureStudio()
  const file = join(dirname(fileURLToPath(import.meta.url)), 'results', 'studio.json')
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify(results, null, 2) + '\n')
  console.log(`kept in ${file}`)
} finally {
  await browser.close()
  await server.stop()
}

async function measureStudio() {
  const visit = { url: server.url, storageState: await signIn(browser, server.url) }
  const ids = {
    empty: await saved('Empty', { blocks: [], edges: [] }),
    hundred: await saved('100 blocks', gridGraph({ rows: 10, columns: 10, edgeCount: 150 })),
    thousand: await saved('1,000 blocks', gridGraph({ rows: 40, columns: 25, edgeCount: 1_500 })),
  }
  const results = {
    measuredAt: new Date().toISOString(),
    machine: `${machineName()}, Chromium ${browser.version()} without a graphics card, 1440 x 900`,
    scripts: {
      list: await onFreshPage(visit, (page) => scriptKilobytes(page, '/')),
      editor: await onFreshPage(visit, (page) => scriptKilobytes(page, `/workflows/${ids.thousand}`)),
    },
    openMs: await measureOpening(visit, ids.thousand),
    empty: await onFreshPage(visit, (page) => measureEmpty(page, ids.empty)),
    hundred: await onFreshPage(visit, (page) => measureGraph(page, ids.hundred)),
    thousand: await onFreshPage(visit, (page) => measureGraph(page, ids.thousand)),
  }
  console.log(JSON.stringify(results, null, 2))
  return results
}

async function saved(name, graph) {
  const { id } = await api(server, 'POST', '/api/workflows', { name })
  await api(server, 'PUT', `/api/workflows/${id}/graph`, graph)
  return id
}

async function measureOpening(visit, id) {
  const times = []
  for (let i = 0; i < opens; i++) times.push(await onFreshPage(visit, (page) => openWorkflow(page, id)))
  return spread(times)
}

async function measureEmpty(page, id) {
  await page.goto(`/workflows/${id}`)
  await page.getByRole('heading', { name: 'This workflow has no blocks yet' }).waitFor()
  await countFrames(page)
  return { pan: await measureDrag(page, paneCorner(await paneOf(page))) }
}

async function measureGraph(page, id) {
  await openWorkflow(page, id)
  await countFrames(page)
  await wait(settleMs)
  const pane = await paneOf(page)
  const panAll = await measureDrag(page, paneCorner(pane))
  const dragInAll = await measureDrag(page, await cardInTheMiddle(page, pane))
  await page.keyboard.press('Escape')
  const halfway = await measureAt(page, pane, 0.3)
  const near = await measureAt(page, pane, 0.8)
  const typing = await measureTyping(page)
  await page.keyboard.press('Escape')
  return { panAll, dragInAll, halfway, near, typing, zoomOut: await measureZoom(page, pane, 0.15) }
}

/** Zooms, then pans and drags there. */
async function measureAt(page, pane, zoom) {
  const zooming = await measureZoom(page, pane, zoom)
  const pan = await measureDrag(page, await emptySpot(page, pane))
  const drag = await measureDrag(page, await cardInTheMiddle(page, pane))
  await page.keyboard.press('Escape')
  return { zooming, pan, drag }
}

async function measureDrag(page, from) {
  const { result: framesPerSecond, ...costs } = await traced(browser, async () => {
    const rate = await dragFrom(page, from)
    await wait(settleMs)
    return rate
  })
  return { framesPerSecond, ...costs }
}

/** In the URL of a block that calls an API: a field that takes references. */
async function measureTyping(page) {
  const block = page.getByRole('group', { name: /^Block \d+ \d+, HTTP request/ }).first()
  await block.dispatchEvent('click')
  await page.getByRole('complementary', { name: 'Settings of the block' }).getByLabel('URL').click()
  const { result, longestTaskMs } = await traced(browser, async () => {
    const echoes = await typeSlowly(page, '?from=studio&note=a+longer+text+that+somebody+types+into+it')
    await wait(settleMs)
    return echoes
  })
  return { echoMs: spread(result), longestTaskMs }
}

async function onFreshPage(visit, measure) {
  const page = await freshPage(browser, visit)
  try {
    return await measure(page)
  } finally {
    await page.context().close()
  }
}

function paneOf(page) {
  return page.locator('.react-flow__pane').boundingBox()
}

function paneCorner(pane) {
  return { x: pane.x + 200, y: pane.y + 20 }
}

/** Turns the wheel in small steps until the canvas is zoomed that far. */
async function measureZoom(page, pane, zoom) {
  await page.mouse.move(pane.x + pane.width / 2, pane.y + pane.height / 2)
  const isIn = zoom > (await zoomOf(page))
  const { longestTaskMs, tasksOver50Ms, scriptMsPerFrame } = await traced(browser, async () => {
    while (isIn ? (await zoomOf(page)) < zoom : (await zoomOf(page)) > zoom) {
      await page.mouse.wheel(0, isIn ? -60 : 60)
      await wait(stepMs)
    }
    await wait(settleMs)
  })
  return { scriptMsPerFrame, longestTaskMs, tasksOver50Ms }
}

function zoomOf(page) {
  return page.evaluate(
    () => new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')).transform).a,
  )
}

/** A point on the header of the card nearest to the middle of the pane. */
function cardInTheMiddle(page, pane) {
  return page.evaluate(({ x, y, width, height }) => {
    const middle = { x: x + width / 2, y: y + height / 2 }
    const boxes = [...document.querySelectorAll('.react-flow__node')].map((card) => card.getBoundingClientRect())
    const far = (box) => Math.hypot(box.x + box.width / 2 - middle.x, box.y + box.height / 2 - middle.y)
    const nearest = boxes.sort((a, b) => far(a) - far(b))[0]
    return { x: nearest.x + nearest.width / 2, y: nearest.y + Math.min(nearest.height / 2, 20) }
  }, pane)
}

/** A point of the pane that nothing lies on. */
function emptySpot(page, pane) {
  return page.evaluate(({ x, y, width, height }) => {
    for (let down = y + height / 4; down < y + height; down += 7)
      for (let right = x + width / 4; right < x + width; right += 7)
        if (document.elementFromPoint(right, down)?.classList.contains('react-flow__pane')) return { x: right, y: down }
    throw new Error('no empty spot on the canvas')
  }, pane)
}
