import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'

/** No accessibility finding, in light and in dark; a picture of both in `e2e/screenshots` when `name` is given. */
export async function lookAt(page: Page, name?: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // What is drawn by scripts follows the scheme a moment later: only a finding that stays is one.
    await expect(async () => {
      const axe = new AxeBuilder({ page })
      // A scheme changes colours alone: what else there is to find was looked for in light.
      if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block'])
      const { violations } = await axe.analyze()
      const found = violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ target }) => target.join(' ')) }))
      expect(found, `${name ?? page.url()} in ${colorScheme}`).toEqual([])
    }).toPass({ timeout: 40_000 })
    if (name !== undefined) await page.screenshot({ path: `e2e/screenshots/${name}-${colorScheme}.png` })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** Clicks until it shows what it opens. A page that was just loaded may not listen yet, and a click is not kept. */
export async function clickUntil(button: Locator, shown: Locator): Promise<void> {
  await expect(async () => {
    if (!(await shown.isVisible())) await button.click({ timeout: 5_000 })
    await expect(shown).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 30_000 })
}
