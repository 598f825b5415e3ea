import { gzipSync } from 'node:zlib'

const owner = { email: 'bench@example.com', password: 'measured by a browser' }

/** Settings of a server whose owner this file can sign in as. */
export const ownerSettings = { SLUICE_OWNER_EMAIL: owner.email, SLUICE_OWNER_PASSWORD: owner.password }

/** Signs in and answers with the cookies, for further contexts. */
export async function signIn(browser, url) {
  const context = await browser.newContext({ baseURL: url })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByLabel('Password').fill(owner.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Sluice: all workflows' }).waitFor()
  const state = await context.storageState()
  await context.close()
  return state
}

/** A page of a browser that was never here before but is signed in. */
export async function freshPage(browser, { url, storageState }) {
  const context = await browser.newContext({ baseURL: url, storageState, viewport: { width: 1440, height: 900 } })
  return context.newPage()
}

/** Opens a workflow and waits until its graph stands. Milliseconds from the start of the navigation to the frame in which
 *  blocks are visible where they stay. */
export async function openWorkflow(page, id) {
  await page.addInitScript(() => {
    const look = () => {
      const isThere = document.querySelector('.canvas .react-flow__node')
      if (isThere) setTimeout(() => (globalThis.openedMs ??= performance.now()))
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await page.goto(`/workflows/${id}`, { waitUntil: 'commit' })
  await page.waitForFunction(() => globalThis.openedMs !== undefined)
  return page.evaluate(() => globalThis.openedMs)
}

/** Kilobytes (1,000 bytes) of JavaScript a first visit to a page loads until it rests, each script gzipped. */
export async function scriptKilobytes(page, path) {
  const bodies = new Map()
  const pending = []
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return
    pending.push(response.body().then((body) => bodies.set(response.url(), gzipSync(body).length)))
  })
  await page.goto(path, { waitUntil: 'networkidle' })
  await Promise.all(pending)
  const bytes = [...bodies.values()].reduce((sum, size) => sum + size, 0)
  return { scripts: bodies.size, kilobytes: Math.round(bytes / 100) / 10 }
}
