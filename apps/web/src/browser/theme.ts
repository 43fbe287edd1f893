/** Light or dark: the system's setting, unless one was chosen here. */
import { Value } from '@plausch/client'
import { storage } from './storage.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const kept = storage.get('theme')
export const theme = new Value<Theme>(themes.find((each) => each === kept) ?? 'system')

const show = (): void => {
  const chosen = theme.get()
  if (chosen === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = chosen
}

theme.subscribe(show)
show()

export const setTheme = (next: Theme): void => {
  storage.set('theme', next)
  theme.set(next)
}
