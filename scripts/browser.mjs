import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run, runPackage } from './run.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** The browser for the end-to-end tests: CHROMIUM_PATH, an installed one, Debian's package (as root), else Playwright's
 *  own download, for which the answer is null. @throws Error when none can be had. */
export async function findBrowser() {
  const given = process.env.CHROMIUM_PATH?.trim()
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH names ${given}, which does not exist`)
    return given
  }
  return installedBrowser() ?? (await installDebianPackage()) ?? (await downloadBrowser())
}

function installedBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable) ?? null
}

async function installDebianPackage() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version') || !existsSync('/usr/bin/apt-get')) return null
  console.log('installing the Debian package chromium, for the end-to-end tests')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // A list that cannot be refreshed is no reason to stop: the package may be known already.
  await run('apt-get', ['update', '-qq'], { env })
  const install = ['install', '-y', '-qq', '--no-install-recommends', 'chromium']
  return (await run('apt-get', install, { env })) === 0 ? installedBrowser() : null
}

async function downloadBrowser() {
  console.log("downloading Playwright's chromium, for the end-to-end tests")
  const code = await runPackage('@playwright/test/cli.js', ['install', 'chromium'])
  if (code === 0) return null
  throw new Error('no browser for the end-to-end tests: install chromium, or set CHROMIUM_PATH to one')
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
