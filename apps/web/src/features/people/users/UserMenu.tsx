import type { StatusName } from '@plausch/client'
import { LogOut } from 'lucide-react'
import { setTheme, theme, themes } from '../../../browser/theme.ts'
import { useSource } from '../../../browser/use-source.ts'
import { language, languages, setLanguage } from '../../../i18n/language.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { menuItems, useActions } from '../../../platform/actions.ts'
import { client, signOut } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { Menu, type MenuItem } from '../../../ui/Menu.tsx'
import { Person } from '../../../ui/Person.tsx'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import unseen from '../../../ui/Unseen.module.css'
import styles from './UserMenu.module.css'

const STATUSES = ['online', 'away', 'dnd', 'offline'] as const satisfies readonly StatusName[]
const LANGUAGE_NAMES = { en: 'English', de: 'Deutsch' } as const

/** Which actions of the client belong here: what is the reader's own, and help. */
const GROUPS = new Set(['mine', 'help'])

/** The signed-in person's menu: status, appearance, language, sign-out. */
export const UserMenu = () => {
  const say = useText()
  const me = useSource(client.me)
  const name = useSource(personName(me?.id ?? ''))
  const status = useSource(client.presence.records.at(me?.id ?? ''))?.status ?? 'online'
  const currentTheme = useSource(theme)
  const currentLanguage = useSource(language)
  const shown = useActions('app', null, 'menu').filter(({ action }) => GROUPS.has(action.group ?? ''))
  if (!me) return null

  const items: MenuItem[] = [
    { kind: 'heading', label: say('user.status') },
    ...STATUSES.map((each) => ({
      label: say(`status.${each}`),
      mark: <StatusDot status={each} />,
      hint: each === 'dnd' ? say('user.dndHint') : undefined,
      isChosen: each === status,
      run: () => void attempt(() => client.presence.setMine(each)),
    })),
    { kind: 'heading', label: say('user.appearance') },
    ...themes.map((each) => ({
      label: say(`theme.${each}`),
      isChosen: each === currentTheme,
      run: () => setTheme(each),
    })),
    { kind: 'heading', label: say('entry.language') },
    ...languages.map((each) => ({
      label: LANGUAGE_NAMES[each],
      isChosen: each === currentLanguage,
      run: () => {
        setLanguage(each)
        // The account stores it, too: mails and the server's messages use it.
        void attempt(() => client.users.patchMe({ locale: each }))
      },
    })),
    { kind: 'line' },
    ...menuItems(shown, null),
    { label: say('user.signOut'), icon: LogOut, run: () => void attempt(signOut) },
  ]

  return (
    <Menu
      label={say('user.menu')}
      items={items}
      button={(props) => (
        <button type="button" {...props} className={styles.user}>
          <Person id={me.id} name={name} username={name} status={status} />
          <span className={unseen.unseen}>{say('user.menu')}</span>
        </button>
      )}
    />
  )
}
