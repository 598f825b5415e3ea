import { useCallback } from 'react'
import { useSetStage, type Stage } from './workflow-context'

const firstControl = {
  blocks: '[data-palette-search]',
  outline: '[data-outline] [tabindex="0"]',
}

/** Opens what stands left of the canvas and puts the focus into it. */
export function useShowLeft(): (left: NonNullable<Stage['left']>) => void {
  const setStage = useSetStage()
  return useCallback(
    (left) => {
      setStage({ left })
      requestAnimationFrame(() => document.querySelector<HTMLElement>(firstControl[left])?.focus())
    },
    [setStage],
  )
}
