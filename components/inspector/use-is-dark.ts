'use client'

import { useEffect, useState } from 'react'

/** Whether the page is dark: by the system's word, unless a person chose. */
export function useIsDark(): boolean {
  const [isDark, setIsDark] = useState(false)
  useEffect(() => {
    const media = window.matchMedia('(prefers-color-scheme: dark)')
    const read = () => {
      const chosen = document.documentElement.dataset['theme']
      setIsDark(chosen === undefined ? media.matches : chosen === 'dark')
    }
    read()
    const observer = new MutationObserver(read)
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    media.addEventListener('change', read)
    return () => {
      observer.disconnect()
      media.removeEventListener('change', read)
    }
  }, [])
  return isDark
}
