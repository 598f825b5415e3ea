import { expect, it } from 'vitest'
import { BlockValues } from './block-values'

it('tells those who listen to a block of changes to that block alone', () => {
  const values = new BlockValues<number>()
  const heard: string[] = []
  const stop = ['a', 'b', 'c'].map((id) => values.subscribe(id, () => heard.push(`${id} ${values.all.get(id) ?? '-'}`)))
  values.replace(new Map([['a', 1]]))
  values.replace(
    new Map([
      ['a', 1],
      ['b', 2],
    ]),
  )
  values.replace(new Map([['b', 3]]))
  stop[1]?.()
  values.replace(new Map())
  expect(heard).toEqual(['a 1', 'b 2', 'b 3', 'a -'])
})
