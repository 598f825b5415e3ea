// Preloaded into a server (NODE_OPTIONS=--import): its clock jumps as an operator's or a time server's correction makes
// it jump. SIGUSR2 has it read by how many milliseconds from the file in CLOCK_OFFSET_FILE.
import { readFileSync } from 'node:fs'

const file = process.env.CLOCK_OFFSET_FILE
if (file) {
  const readSystem = Date.now
  let offsetMs = 0
  Date.now = () => readSystem() + offsetMs
  // A proxy, so that whoever wraps Date in turn finds everything it has.
  globalThis.Date = new Proxy(Date, {
    construct: (target, given, made) => Reflect.construct(target, given.length > 0 ? given : [target.now()], made),
  })
  process.on('SIGUSR2', () => (offsetMs = Number(readFileSync(file, 'utf8'))))
}
