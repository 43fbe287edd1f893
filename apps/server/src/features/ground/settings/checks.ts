/** Checks of higher features: which settings go together. */
import type { Settings } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { point } from '../../../core/extension.ts'

export type SettingsChange = {
  before: Settings
  next: Settings
  /** The names of the settings that change. */
  names: ReadonlySet<string>
  /** What the client sent, masks included. */
  sent: Readonly<Record<string, Record<string, unknown>>>
}

/** Refuses a change by throwing a fault. */
export const settingsChecks =
  point<(context: Context, change: SettingsChange) => Promise<void> | void>('settings.checks')
