import { expect, it } from 'vitest'
import { definitions } from '@/lib/blocks/definitions'
import { blockIcons } from './block-icon'

it('has the icon of every block definition', () => {
  const asked = Object.values(definitions).map(({ icon }) => icon)
  expect(asked.filter((icon) => !Object.hasOwn(blockIcons, icon))).toEqual([])
})
