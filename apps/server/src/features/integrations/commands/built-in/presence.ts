/** /online, /away, /dnd, /offline, /status. */
import { presence } from '@plausch/wire'
import type { Context } from '../../../../core/context.ts'
import {
  clearCustom,
  maySetCustom,
  maySetStatus,
  setCustom,
  setStatus,
} from '../../../people/presence/index.ts'
import { type Command, inWords, none, perform, performHere, usage, type Words } from '../command.ts'

const be = async (
  context: Context,
  status: 'online' | 'away' | 'dnd' | 'offline',
  said: Words,
  dnd_end_time = 0,
) => {
  const user_id = context.actor.userId
  const input = { params: { user_id }, query: {}, body: { user_id, status, dnd_end_time } }
  await performHere(context, presence.set, maySetStatus, setStatus, input)
  return { say: inWords(context, said) }
}

const seconds = { m: 60, h: 3600, d: 86_400 }

const dnd: Command = {
  trigger: 'dnd',
  hint: { en: '[30m | 2h | 1d]', de: '[30m | 2h | 1d]' },
  description: {
    en: 'Do not disturb me, for a while or until I say so',
    de: 'Nicht stören, eine Weile oder bis auf Weiteres',
  },
  run(context, { text }) {
    const said = {
      en: 'You are not disturbed now: there are no notifications.',
      de: 'Sie werden jetzt nicht gestört: Es gibt keine Benachrichtigungen.',
    }
    const [, amount = '', unit = ''] = /^(\d{1,3})([mhd])$/.exec(text) ?? []
    if (text !== '' && Number(amount) === 0) return Promise.resolve(usage(context, dnd))
    // The end is cut to the minute, so one minute must not become zero.
    const length = Number(amount) * (seconds[unit as 'm' | 'h' | 'd'] ?? 0)
    return be(context, 'dnd', said, length === 0 ? 0 : Math.ceil(context.now / 60_000) * 60 + length)
  },
}

const status: Command = {
  trigger: 'status',
  hint: { en: '[:emoji:] [text] | clear', de: '[:emoji:] [Text] | clear' },
  description: {
    en: 'Set or clear your custom status',
    de: 'Ihren eigenen Status setzen oder löschen',
  },
  async run(context, { text }) {
    const params = { user_id: context.actor.userId }
    if (text === '') return usage(context, status)
    if (text === 'clear') {
      await perform(context, presence.clearCustom, maySetCustom, clearCustom, {
        params,
        query: {},
        body: undefined,
      })
      return { say: inWords(context, { en: 'Your status is cleared.', de: 'Ihr Status ist gelöscht.' }) }
    }
    const [, emoji = '', words = ''] = /^(?::([\w+-]+):)?([\s\S]*)$/.exec(text) ?? []
    const body = { emoji, text: words.trim() }
    await perform(context, presence.setCustom, maySetCustom, setCustom, { params, query: {}, body })
    return { say: inWords(context, { en: 'Your status is set.', de: 'Ihr Status ist gesetzt.' }) }
  },
}

export const presenceCommands: readonly Command[] = [
  {
    trigger: 'online',
    hint: none,
    description: { en: 'Set your status to online', de: 'Ihren Status auf „online“ setzen' },
    run: (context) => be(context, 'online', { en: 'You are online now.', de: 'Sie sind jetzt online.' }),
  },
  {
    trigger: 'away',
    hint: none,
    description: { en: 'Set your status to away', de: 'Ihren Status auf „abwesend“ setzen' },
    run: (context) => be(context, 'away', { en: 'You are away now.', de: 'Sie sind jetzt abwesend.' }),
  },
  {
    trigger: 'offline',
    hint: none,
    description: { en: 'Set your status to offline', de: 'Ihren Status auf „offline“ setzen' },
    run: (context) => be(context, 'offline', { en: 'You are offline now.', de: 'Sie sind jetzt offline.' }),
  },
  dnd,
  status,
]
