// Source that runs inside QuickJS. Parsing it costs more than running it, so what only some runs need stands apart.
// Written without an outer parenthesis: QuickJS reads a parenthesised function twice.

/** Runs in a fresh context before the user's code and hands back what the worker needs. It keeps the built-ins it
 *  uses: the user's code may replace its own. Nothing of the host is in reach here but `print`.
 *  `tail` is what a function without a return ends in: `output`, unless it is still the upstream block of that name.
 *  `output` is defined so that strict code may assign it. Globals that cannot be redefined, such as NaN, stay.
 *  @type {string} */
export const preludeSource = String.raw`0, function (print) {
  const { parse, stringify } = JSON, { defineProperty, keys } = Object, scope = globalThis
  let initial
  const define = (name, value) => {
    try {
      defineProperty(scope, name, { value, writable: true, enumerable: true, configurable: true })
    } catch {}
  }
  define('console', { log: print, info: print, warn: print, error: print, debug: print })
  return {
    bind(text) {
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

/** Turns values and errors into text, for logs and failures. Evaluated when the first one is needed, so the user's
 *  code may have replaced what it uses: that spoils its own messages only.
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
