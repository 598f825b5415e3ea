import { expect, it } from 'vitest'
import { readLastInputs, rememberInputs, type Memory } from './last-inputs'

function memory(): Memory & { texts: Map<string, string> } {
  const texts = new Map<string, string>()
  return { texts, getItem: (key) => texts.get(key) ?? null, setItem: (key, text) => void texts.set(key, text) }
}

it('remembers what each workflow was run with, types kept', () => {
  const store = memory()
  rememberInputs('a', { n: 1, on: true, deep: { list: [null, '1'] } }, store)
  expect(readLastInputs('a', store)).toEqual({ n: 1, on: true, deep: { list: [null, '1'] } })
  expect(readLastInputs('b', store)).toBeNull()
})

it.each(['{', '[]', '5', 'null', ''])('remembers nothing where %j stands in its place', (text) => {
  const store = memory()
  rememberInputs('a', {}, store)
  for (const key of store.texts.keys()) store.texts.set(key, text)
  expect(readLastInputs('a', store)).toBeNull()
})

it('goes on where nothing may be remembered', () => {
  const refuse = () => {
    throw new Error('SecurityError')
  }
  const store = { getItem: refuse, setItem: refuse }
  rememberInputs('a', {}, store)
  expect(readLastInputs('a', store)).toBeNull()
})
