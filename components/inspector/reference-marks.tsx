'use client'

import { clsx } from 'clsx'
import { useEffect, useRef, type RefObject } from 'react'
import type { MarkedReference } from '@/lib/editor/written-references'

/** The references of a field, marked behind its text: the same text in the same places, itself not seen. Tells the place
 *  in the text of the reference the pointer is over. */
export function ReferenceMarks(props: {
  text: string
  marks: readonly MarkedReference[]
  area: RefObject<HTMLTextAreaElement | null>
  isMono: boolean
  onPoint: (at: number) => void
}) {
  const { text, marks, area, isMono, onPoint } = props
  const layer = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const field = area.current
    if (!field) return
    const scroll = () => layer.current?.scrollTo(0, field.scrollTop)
    // The field lies above the marks: they hear nothing of the pointer themselves.
    const point = ({ clientX: x, clientY: y }: MouseEvent) => {
      for (const mark of layer.current?.querySelectorAll('mark') ?? []) {
        const isOver = Array.from(mark.getClientRects()).some(
          (box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom,
        )
        if (isOver) onPoint(Number(mark.dataset['start']))
      }
    }
    scroll()
    field.addEventListener('scroll', scroll)
    field.addEventListener('mousemove', point)
    return () => {
      field.removeEventListener('scroll', scroll)
      field.removeEventListener('mousemove', point)
    }
  }, [area, onPoint, text])
  return (
    <div
      ref={layer}
      aria-hidden
      className={clsx(
        'pointer-events-none absolute inset-0 overflow-hidden rounded-md border border-transparent py-1.5 pr-8 pl-2.5 leading-5 break-words whitespace-pre-wrap text-transparent select-none',
        isMono ? 'font-mono text-xs' : 'text-[13px]',
      )}
    >
      {marks.map((mark, index) => (
        <span key={mark.start}>
          {text.slice(marks[index - 1]?.end ?? 0, mark.start)}
          <mark
            data-start={mark.start}
            className={clsx(
              'rounded-sm text-transparent',
              mark.isBroken ? 'bg-danger/15 underline decoration-danger decoration-wavy' : 'bg-info/15',
            )}
          >
            {mark.text}
          </mark>
        </span>
      ))}
      {text.slice(marks.at(-1)?.end ?? 0)}
    </div>
  )
}
