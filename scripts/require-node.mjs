const required = [20, 20]

/** @throws Error when this Node is too old to run the project. `version` is as in `process.versions.node`. */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number)
  if (major > required[0] || (major === required[0] && minor >= required[1])) return
  throw new Error(
    `Node ${required.join('.')} or newer is needed, this is ${version}: install it from https://nodejs.org`,
  )
}
