/** Facts about settings. */
import { fact } from '../../core/facts.ts'

/** Settings have other values; `names` are `Section.Key`. Told within the transaction that writes them. */
export const settingsChanged = fact<{ names: string[] }>('settings.changed')
