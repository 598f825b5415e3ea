'use client'

import { useEffect, useState } from 'react'

/** Ends with the page: whoever watches a run stops watching then, the run goes on. */
export function useWatching(): AbortSignal {
  const [leaving] = useState(() => new AbortController())
  useEffect(() => {
    const stop = () => leaving.abort()
    window.addEventListener('pagehide', stop)
    return () => window.removeEventListener('pagehide', stop)
  }, [leaving])
  return leaving.signal
}
