/** Facts and events about settings. */
import type { Context } from '../../../core/context.ts'
import { fact } from '../../../core/facts.ts'

/** Settings have new values; `names` are `Section.Key`. Told within the transaction that writes them. */
export const settingsChanged = fact<{ names: string[] }>('settings.changed')

/** Sent to everybody: the client configuration. */
export const announceConfig = (context: Context, config: Record<string, string>): void =>
  context.publish('config_changed', { config }, { everyone: true })
