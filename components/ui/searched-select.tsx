'use client'

import { useState, type ComponentProps, type ReactNode } from 'react'
import { clsx } from 'clsx'

/** From so many on a list is narrowed by typing rather than looked through. */
const manyChoices = 20

/** A choice among named things, the browser's own. Where there are many, a field above it narrows them by name. */
export function SearchedSelect(
  props: Omit<ComponentProps<'select'>, 'onChange'> & {
    choices: readonly { id: string; name: string }[]
    /** What the search is called, such as “Search agents”. */
    searchLabel: string
    onChoose: (id: string) => void
    /** Options that stand before the choices, whatever is searched. */
    children?: ReactNode
  },
) {
  const { choices, searchLabel, onChoose, children, className, value, disabled, ...select } = props
  const [search, setSearch] = useState('')
  const isLong = choices.length > manyChoices
  const wanted = search.trim().toLowerCase()
  // What is chosen stays, or the browser would show another.
  const offered = choices.filter(({ id, name }) => id === value || name.toLowerCase().includes(wanted))
  return (
    <>
      {isLong && disabled !== true && (
        <input
          type="search"
          aria-label={searchLabel}
          placeholder={`${searchLabel}: ${choices.length}`}
          autoComplete="off"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          className={clsx(className, 'mb-1 placeholder:text-muted-foreground')}
        />
      )}
      <select
        {...select}
        value={value}
        disabled={disabled}
        onChange={(event) => onChoose(event.target.value)}
        className={className}
      >
        {children}
        {offered.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </>
  )
}
