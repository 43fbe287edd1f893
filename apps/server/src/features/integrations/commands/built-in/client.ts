/** Commands that clients run themselves. If a client sends one to the server, the reply says so. */
import { preferences, sessions } from '@plausch/wire'
import type { Context } from '../../../../core/context.ts'
import { signedIn } from '../../../../core/route.ts'
import { mayWritePreferences, saveChosen } from '../../../people/preferences/index.ts'
import { logout } from '../../../people/sessions/index.ts'
import { type Answer, type Command, inWords, none, perform, type Words } from '../command.ts'

const ofTheClient = (trigger: string, hint: Words, description: Words): Command => ({
  trigger,
  hint,
  description,
  run: async (context) => ({
    say: inWords(
      context,
      {
        en: 'This app does not know the command /{trigger}.',
        de: 'Diese App kennt den Befehl /{trigger} nicht.',
      },
      { trigger },
    ),
  }),
})

const collapsing = async (context: Context, value: 'true' | 'false', said: Words): Promise<Answer> => {
  const user_id = context.actor.userId
  const body = [{ user_id, category: 'display_settings', name: 'collapse_previews', value }]
  const input = { params: { user_id }, query: {}, body }
  await perform(context, preferences.save, mayWritePreferences, saveChosen, input)
  return { say: inWords(context, said) }
}

export const clientCommands: readonly Command[] = [
  {
    trigger: 'collapse',
    hint: none,
    description: { en: 'Fold up pictures and previews', de: 'Bilder und Vorschauen einklappen' },
    run: (context) =>
      collapsing(context, 'true', {
        en: 'Pictures and previews are folded up now.',
        de: 'Bilder und Vorschauen sind jetzt eingeklappt.',
      }),
  },
  {
    trigger: 'expand',
    hint: none,
    description: { en: 'Unfold pictures and previews', de: 'Bilder und Vorschauen ausklappen' },
    run: (context) =>
      collapsing(context, 'false', {
        en: 'Pictures and previews are unfolded now.',
        de: 'Bilder und Vorschauen sind jetzt ausgeklappt.',
      }),
  },
  {
    trigger: 'logout',
    hint: none,
    description: { en: 'Sign out', de: 'Abmelden' },
    async run(context) {
      await perform(context, sessions.logout, signedIn, logout, { params: {}, query: {}, body: undefined })
      return { goTo: '/login' }
    },
  },
  ofTheClient(
    'search',
    { en: '[text]', de: '[Text]' },
    {
      en: 'Search messages',
      de: 'Nachrichten suchen',
    },
  ),
  ofTheClient('settings', none, { en: 'Open the settings', de: 'Die Einstellungen öffnen' }),
  ofTheClient('shortcuts', none, { en: 'Show the keyboard shortcuts', de: 'Die Tastenkürzel zeigen' }),
]
