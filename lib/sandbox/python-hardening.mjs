// First thing in the Python process: takes away what Node would still offer after the command line did its part
// (no file access but the interpreter's own, no child processes, no workers, no code from strings). The interpreter's
// WebAssembly is the wall; this is what stands behind it.
import childProcess from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import fs from 'node:fs'
import http from 'node:http'
import inspector from 'node:inspector'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import process from 'node:process'

/** Cuts the network off and removes the process's dangerous methods. `exit` and standard streams stay. */
export function cutOff() {
  const deny = () => {
    throw new Error('not available in the sandbox')
  }
  net.Socket.prototype.connect = deny
  net.Server.prototype.listen = deny
  for (const target of [childProcess, dgram, dns, dns.promises, http, inspector]) {
    for (const name of Object.keys(target)) {
      if (typeof target[name] === 'function' && Object.getOwnPropertyDescriptor(target, name)?.writable) {
        target[name] = deny
      }
    }
  }
  const constants = { fs: fs.constants }
  process.binding = (name) => (name === 'constants' ? constants : deny())
  for (const name of ['kill', '_kill', '_debugProcess', '_debugEnd', '_startProfilerIdleNotifier', 'dlopen', 'chdir']) {
    Reflect.deleteProperty(process, name)
  }
  for (const name of ['getBuiltinModule', '_linkedBinding', 'setuid', 'setgid', 'seteuid', 'setegid', 'setgroups']) {
    Reflect.deleteProperty(process, name)
  }
  syncBuiltinESMExports()
  for (const name of ['fetch', 'WebSocket', 'EventSource', 'BroadcastChannel']) Reflect.deleteProperty(globalThis, name)
}

/** Bounds the memory of the interpreter by rewriting the maximum in its module's memory section.
 *  @param {number} maxBytes */
export function capWebAssemblyMemory(maxBytes) {
  const maxPages = Math.floor(maxBytes / 65536)
  const instantiate = WebAssembly.instantiate
  const memory = WebAssembly.Memory
  WebAssembly.Memory = function Memory(descriptor) {
    return new memory({ ...descriptor, maximum: Math.min(descriptor.maximum ?? maxPages, maxPages) })
  }
  WebAssembly.Memory.prototype = memory.prototype
  WebAssembly.instantiate = (source, imports) =>
    instantiate(source instanceof WebAssembly.Module ? source : withMemoryMaximum(source, maxPages), imports)
  WebAssembly.instantiateStreaming = undefined
}

const memorySectionId = 5

/** @param {Uint8Array} bytes @param {number} maxPages */
function withMemoryMaximum(bytes, maxPages) {
  let at = 8
  while (at < bytes.length) {
    const [length, start] = readLeb(bytes, at + 1)
    if (bytes[at] === memorySectionId) {
      const [count, flagsAt] = readLeb(bytes, start)
      const [minPages] = readLeb(bytes, flagsAt + 1)
      if (count !== 1) throw new Error('unexpected memory section')
      const body = [1, bytes[flagsAt] | 1, ...writeLeb(minPages), ...writeLeb(Math.max(minPages, maxPages))]
      const section = Buffer.from([memorySectionId, ...writeLeb(body.length), ...body])
      return Buffer.concat([bytes.subarray(0, at), section, bytes.subarray(start + length)])
    }
    at = start + length
  }
  return bytes
}

/** @param {Uint8Array} bytes @param {number} at @returns {[number, number]} value and the place after it */
function readLeb(bytes, at) {
  let value = 0
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at++] ?? 0
    value += (byte & 127) * factor
    if (byte < 128) return [value, at]
  }
}

/** @param {number} value */
function writeLeb(value) {
  const out = []
  for (; value >= 128; value = Math.floor(value / 128)) out.push((value % 128) | 128)
  return [...out, value]
}
