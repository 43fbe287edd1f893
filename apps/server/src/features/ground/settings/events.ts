/** Facts about settings. */
import type { Context } from '../../../core/context.ts'
import { fact } from '../../../core/facts.ts'

/** Settings have other values; `names` are `Section.Key`. Told within the transaction that writes them. */
export const settingsChanged = fact<{ names: string[] }>('settings.changed')

/** To everybody: the configuration that clients see. */
export const announceConfig = (context: Context, config: Record<string, string>): void =>
  context.publish('config_changed', { config }, { everyone: true })
