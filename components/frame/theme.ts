/** Cookie that keeps a person's choice: the server draws the page in it, so nothing flashes. */
export const themeCookie = 'sluice-theme'

export const themes = ['light', 'dark', 'system'] as const
export type Theme = (typeof themes)[number]

/** Reads a theme from a cookie's value; everything else is the system's. */
export function readTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system'
}
