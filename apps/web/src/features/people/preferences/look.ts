/** How the page looks as the account wants it: its density, an attribute that `ui/tokens.css` knows, and its clock. */
import { clock } from '../../../i18n/language.ts'
import { choices, chosen } from '../../../platform/choices.ts'

/** Follows the setting until the result is called. */
export const showLook = (): (() => void) => {
  const density = chosen(choices.density)
  const show = (): void => {
    document.documentElement.dataset.density = density.get() === 'compact' ? 'compact' : 'usual'
  }
  show()
  const end = density.subscribe(show)
  return () => {
    end()
    delete document.documentElement.dataset.density
  }
}

/** Keeps the clock of the page as the account wants it. */
export const followClock = (): (() => void) => {
  const source = chosen(choices.clock)
  const follow = (): void => clock.set(source.get())
  follow()
  return source.subscribe(follow)
}
