/** Whether replies are shown apart from their channel, in threads. This file alone decides. */
import { derive, type Source } from '../source.ts'
import type { Preferences } from './preferences.ts'
import type { Settings } from './settings.ts'

/**
 * v4's names: the server says `disabled`, `always_on`, or what counts until a person chooses (`default_on`,
 * `default_off`).
 */
export const collapsingOf = (settings: Settings, preferences: Preferences): Source<boolean> =>
  derive(
    [settings.config, preferences.at('display_settings', 'collapsed_reply_threads')],
    ({ CollapsedThreads }, choice) => {
      if (CollapsedThreads === 'default_on') return choice?.value !== 'off'
      if (CollapsedThreads === 'default_off') return choice?.value === 'on'
      return CollapsedThreads === 'always_on'
    },
  )
