import { cpus, totalmem } from 'node:os'

/** What figures were taken on: they mean nothing without it. */
export function machineName() {
  return `${cpus().length} x ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
}
