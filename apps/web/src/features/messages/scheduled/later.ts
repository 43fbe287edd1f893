/** The part of the send menu that sends later. */
import { say } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import type { MenuItem } from '../../../ui/Menu.tsx'
import { chooseTime } from './dialogs.ts'
import { offeredTimes } from './times.ts'

/** v4 has scheduled messages as a part of its licence; here everybody has them unless they are off. */
export const maySchedule = (): boolean => client.settings.config.get().ScheduledPosts !== 'false'

type Formatter = { formatDate(value: number, options: Intl.DateTimeFormatOptions): string }

/** A day and a time, with the year only if it is another one. */
export const timeText = (at: number, intl: Formatter): string => {
  const isThisYear = new Date(at).getFullYear() === new Date().getFullYear()
  return intl.formatDate(at, {
    ...{ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
    ...(!isThisYear && { year: 'numeric' }),
  })
}

export const laterItems = (intl: Formatter, schedule: (at: number) => unknown): readonly MenuItem[] => [
  { kind: 'heading', label: say('scheduled.later') },
  ...offeredTimes(new Date()).map(({ name, at }) => ({
    label: say(`scheduled.${name}`),
    hint: timeText(at, intl),
    run: () => void schedule(at),
  })),
  { label: say('scheduled.other'), run: () => chooseTime.open({ schedule }) },
]
