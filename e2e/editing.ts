import { expect, type Locator, type Page } from '@playwright/test'

interface SavedBlock {
  id: string
  type: string
  name: string
  position: { x: number; y: number }
  config: Record<string, unknown>
}
export interface Saved {
  blocks: SavedBlock[]
  edges: { source: string; target: string; sourceHandle: string }[]
  notes: { text: string; position: { x: number; y: number }; size: object }[]
}

export const block = (page: Page, name: string) => page.getByRole('group', { name: `${name}, ` })
export const settings = (page: Page) => page.getByRole('complementary', { name: 'Settings of the block' })
export const saving = (page: Page) => page.getByRole('status', { name: 'Saving' })
export const run = (page: Page) => page.getByRole('status', { name: 'Run' })
export const line = (page: Page, name: RegExp) => page.getByRole('tree').getByRole('treeitem', { name })

/** What the server holds of the workflow on the page, once everything is saved. */
export async function saved(page: Page): Promise<Saved> {
  await expect(saving(page)).toHaveText('Saved')
  const answer = await page.request.get(`/api${new URL(page.url()).pathname}`)
  // The contract of GET /api/workflows/{id}.
  return (await answer.json()) as Saved
}

/** Makes a workflow over the API and opens it. */
export async function openNew(page: Page, name: string, graph?: object): Promise<string> {
  const made = await page.request.post('/api/workflows', { data: { name } })
  // The contract of POST /api/workflows.
  const { id } = (await made.json()) as { id: string }
  if (graph) await page.request.put(`/api/workflows/${id}/graph`, { data: graph })
  await page.goto(`/workflows/${id}`)
  await expect(saving(page)).toHaveText('Saved')
  return id
}

/** Where something is on the page, in pixels. */
export async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox()
  if (!box) throw new Error('not on screen')
  return box
}

export async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await boxOf(locator)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Whether all of something lies within something else. */
export async function isWithin(inner: Locator, outer: Locator): Promise<boolean> {
  const [a, b] = [await boxOf(inner), await boxOf(outer)]
  return a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height
}

/** Draws an edge from one of a block's handles to another block. */
export async function connect(page: Page, from: string, handle: string, to: string): Promise<void> {
  const way = handle === 'output' ? '' : ` (${handle})`
  const edge = page.getByRole('group', { name: `From ${from}${way} to ${to}`, exact: true })
  await drawEdge(page, { from, handle, to, until: edge })
}

/** Draws from one of a block's handles to another block, until what that leads to is there. */
export async function drawEdge(
  page: Page,
  { from, handle, to, until }: { from: string; handle: string; to: string; until: Locator },
): Promise<void> {
  // Again where the graph was still moving under the pointer, as it does on a busy machine.
  await expect(async () => {
    if ((await until.count()) > 0) return
    await page.keyboard.press('Escape')
    const start = await middleOf(block(page, from).locator(`.react-flow__handle-right[data-handleid="${handle}"]`))
    const end = await middleOf(block(page, to))
    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    await page.mouse.move(end.x, end.y, { steps: 10 })
    await page.mouse.up()
    await expect(until).toBeAttached({ timeout: 2_000 })
  }).toPass({ timeout: 30_000 })
}

/** Chooses a block with the pointer. The whole graph is brought into view first: a panel that opened may lie over it. */
export async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Fit the whole graph' }).click()
  await expect(async () => {
    await block(page, name).click({ timeout: 5_000 })
    await expect(block(page, name)).toHaveClass(/selected/, { timeout: 2_000 })
  }).toPass({ timeout: 30_000 })
}

/** Tab, until it has the focus. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let count = 0; count < 120; count++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('cannot be reached with Tab')
}
