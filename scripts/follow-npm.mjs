const lookEveryMs = 500

/** npm does not hand signals on: ended, it leaves behind what it started. Started by npm, this process ends with it, as
 *  if the signal had been its own. */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const npm = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === npm) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, lookEveryMs)
  timer.unref()
}
