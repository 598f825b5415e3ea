'use client'

import { lazy, Suspense, useDeferredValue } from 'react'

// Loaded with the first answer: nothing else on the page reads Markdown.
const Markdown = lazy(() => import('./markdown').then((module) => ({ default: module.Markdown })))

/** What a model wrote. While it still comes the page stays quick: the newest words may show a moment later. */
export function WrittenText({ text }: { text: string }) {
  const shown = useDeferredValue(text)
  return (
    <div className="min-w-0 break-words">
      <Suspense fallback={<p className="whitespace-pre-wrap">{shown}</p>}>
        <Markdown text={shown} />
      </Suspense>
    </div>
  )
}
