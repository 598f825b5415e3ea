'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Menu, MenuChoice } from '@/components/ui/menu'
import { themeCookie, type Theme } from './theme'

const choices = [
  { value: 'light', word: 'Light', icon: Sun },
  { value: 'dark', word: 'Dark', icon: Moon },
  { value: 'system', word: 'As the system', icon: Monitor },
] as const

const yearSeconds = 31_536_000

/** Chooses between light, dark and what the system says. */
export function ThemeMenu({ theme }: { theme: Theme }) {
  const [chosen, setChosen] = useState(theme)
  const Icon = choices.find(({ value }) => value === chosen)?.icon ?? Monitor
  const choose = (next: Theme) => {
    setChosen(next)
    applyTheme(next)
  }
  return (
    <Menu
      trigger={
        <Button variant="quiet" aria-label="Theme" title="Theme" className="w-8 px-0">
          <Icon aria-hidden />
        </Button>
      }
    >
      <MenuChoice label="Theme" value={chosen} choices={choices} onChoose={choose} />
    </Menu>
  )
}

function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${yearSeconds}; samesite=lax`
}
