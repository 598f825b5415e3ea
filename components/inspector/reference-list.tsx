'use client'

import { useEffect, useRef } from 'react'
import type { ReferenceChoice } from '@/lib/editor/reference-choices'

/** What a reference may lead to, below the field that asks. The focus stays in the field. */
export function ReferenceList(props: {
  id: string
  choices: readonly ReferenceChoice[]
  active: number
  onPick: (choice: ReferenceChoice) => void
}) {
  const { id, choices, active, onPick } = props
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const box =
    'absolute top-full right-0 left-0 z-20 mt-1 rounded-md border border-border bg-card p-1 text-card-foreground shadow-dialog'
  if (choices.length === 0)
    return (
      <p id={id} role="status" className={`${box} px-2 py-1.5 text-xs text-muted-foreground`}>
        Nothing to refer to: connect a block before this one first.
      </p>
    )
  return (
    <ul ref={list} id={id} role="listbox" aria-label="References" className={`${box} max-h-56 overflow-y-auto`}>
      {choices.map((choice, index) => (
        <li
          key={choice.text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onMouseDown={(event) => {
            event.preventDefault()
            onPick(choice)
          }}
          className={`rounded-sm px-2 py-1 ${index === active ? 'bg-muted' : ''}`}
        >
          <span className="flex justify-between gap-2 text-[13px]">
            <span className="max-w-[60%] shrink-0 truncate">{choice.title}</span>
            <span className="min-w-0 truncate text-xs text-muted-foreground" title={choice.source}>
              {choice.source}
            </span>
          </span>
          <span className="block truncate font-mono text-[11px] text-muted-foreground">
            {choice.preview === null ? choice.text : choice.preview}
          </span>
        </li>
      ))}
    </ul>
  )
}
