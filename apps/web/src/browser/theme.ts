/**
 * Light or dark: the system's setting, unless one was chosen here. High contrast follows the system's setting
 * too, and can be chosen here; then light or dark is the system's. `own` is an imported theme.
 */
import { Value } from '@plausch/client'
import { storage } from './storage.ts'

export const themes = ['system', 'light', 'dark', 'contrast', 'own'] as const
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
  if (chosen === 'contrast' || (wantsContrast.matches && chosen !== 'own')) dataset.contrast = 'more'
  else delete dataset.contrast
}

const SHEET = 'theme-sheet'
const own = new CSSStyleSheet()
// What was computed at the import is kept: the first paint needs no colours to be computed.
own.replaceSync(storage.get(SHEET) ?? '')
document.adoptedStyleSheets.push(own)

theme.subscribe(show)
wantsContrast.addEventListener('change', show)
show()

/** Switches to a theme, on this device. */
export const setTheme = (next: Theme): void => {
  storage.set('theme', next)
  theme.set(next)
}

/** Is there an imported theme on this device? */
export const hasOwnTheme = (): boolean => (storage.get(SHEET) ?? '') !== ''

/** Keeps the style sheet of an imported theme, and switches to it. */
export const setOwnTheme = (sheet: string): void => {
  storage.set(SHEET, sheet)
  own.replaceSync(sheet)
  setTheme('own')
}
