// Source that runs inside QuickJS, once for each interpreter: what it leaves in memory is every run's beginning.

/** Runs in a fresh context before the user's code and hands back what the worker needs. It keeps the built-ins it
 *  uses: the user's code may replace its own. Nothing of the host is in reach here but `print`.
 *  `tail` is what a function without a return ends in: `output`, unless it is still the upstream block of that name.
 *  `output` is defined so that strict code may assign it. Globals that cannot be redefined, such as NaN, stay.
 *  `Math.random` is seeded by each run, for all of them begin with one memory. Source: Blackman and Vigna, xoshiro128+.
 *  @type {string} */
export const preludeSource = String.raw`0, function (print) {
  const { parse, stringify } = JSON, { defineProperty, keys } = Object, scope = globalThis
  let initial
  const define = (name, value) => {
    try {
      defineProperty(scope, name, { value, writable: true, enumerable: true, configurable: true })
    } catch {}
  }
  let state = [1, 2, 3, 4]
  const next = () => {
    const result = (state[0] + state[3]) >>> 0, shifted = state[1] << 9
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= shifted
    state[3] = (state[3] << 11) | (state[3] >>> 21)
    return result
  }
  defineProperty(Math, 'random', {
    value: function random() { return ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992 },
    writable: true, enumerable: false, configurable: true,
  })
  define('console', { log: print, info: print, warn: print, error: print, debug: print })
  return {
    bind(text, seed) {
      state = parse(seed)
      const bindings = parse(text), names = keys(bindings)
      for (let i = 0; i < names.length; i++) define(names[i], bindings[names[i]])
      initial = scope.output
      define('output', initial)
    },
    tail: (value) => (value === initial ? undefined : value),
    encode(value) {
      if (value === undefined && scope.output !== initial) value = scope.output
      return stringify(value === undefined ? null : value)
    },
  }
}`

/** Turns values and errors into text, for logs and failures. The user's code may have replaced what it uses: that spoils
 *  its own messages only.
 *  @type {string} */
export const reportSource = String.raw`0, function (maxChars) {
  const cut = (text) => String(text).slice(0, maxChars)
  const show = (value) => {
    if (typeof value === 'string') return cut(value)
    try {
      if (value instanceof Error) return cut(value.name + ': ' + value.message)
      const json = JSON.stringify(value)
      return cut(json === undefined ? value : json)
    } catch {
      try {
        return cut(value)
      } catch {
        return '[value without text]'
      }
    }
  }
  const describe = (error) => {
    try {
      if (error instanceof Error) return JSON.stringify([cut(error.name), cut(error.message), cut(error.stack)])
      return JSON.stringify(['', show(error), ''])
    } catch {
      return '["","the code threw a value without text",""]'
    }
  }
  return { show, describe }
}`
