/**
 * Light or dark: the system's setting, unless one was chosen here. High contrast follows the system's setting
 * too, and can be chosen here; then light or dark is the system's.
 */
import { Value } from '@plausch/client'
import { storage } from './storage.ts'

export const themes = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]

const kept = storage.get('theme')
export const theme = new Value<Theme>(themes.find((each) => each === kept) ?? 'system')

const wantsContrast = matchMedia('(prefers-contrast: more)')

const show = (): void => {
  const chosen = theme.get()
  const { dataset } = document.documentElement
  if (chosen === 'system') delete dataset.theme
  else dataset.theme = chosen
  // One attribute for both ways, so that `tokens.css` has the values once.
  if (chosen === 'contrast' || wantsContrast.matches) dataset.contrast = 'more'
  else delete dataset.contrast
}

theme.subscribe(show)
wantsContrast.addEventListener('change', show)
show()

export const setTheme = (next: Theme): void => {
  storage.set('theme', next)
  theme.set(next)
}
