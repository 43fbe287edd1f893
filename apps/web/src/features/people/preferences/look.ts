/** How dense the page is: an attribute that `ui/tokens.css` knows. */
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
