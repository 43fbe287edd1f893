import type { User } from '@plausch/wire'
import { useSource } from '../../../browser/use-source.ts'
import { type TextId, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { TextRow } from '../../../platform/settings/Rows.tsx'
import { AttributeRows } from './AttributeRows.tsx'
import { EmailRow } from './EmailRow.tsx'
import { PictureRow } from './PictureRow.tsx'

type Field = 'first_name' | 'last_name' | 'nickname' | 'position'

const FIELDS: readonly {
  name: Field
  label: TextId
  hint?: TextId
  longest: number
  auto: string
  /** The setting that says that the directory has it. */
  setting: string
}[] = [
  { name: 'first_name', label: 'profile.firstName', longest: 64, auto: 'given-name', setting: 'FirstName' },
  { name: 'last_name', label: 'profile.lastName', longest: 64, auto: 'family-name', setting: 'LastName' },
  {
    name: 'nickname',
    label: 'profile.nickname',
    hint: 'profile.nicknameHint',
    longest: 64,
    auto: 'nickname',
    setting: 'Nickname',
  },
  {
    name: 'position',
    label: 'profile.position',
    hint: 'profile.positionHint',
    longest: 128,
    auto: 'organization-title',
    setting: 'Position',
  },
]

const USERNAME = /^[a-z0-9._-]{1,64}$/

/** Does the directory of the organisation set it? Then nobody changes it here. */
const isManaged = (me: User, config: Record<string, string>, setting: string): boolean =>
  (me.auth_service === 'ldap' && config[`Ldap${setting}AttributeSet`] === 'true') ||
  (me.auth_service === 'saml' && config[`Saml${setting}AttributeSet`] === 'true')

/** What others see of oneself. */
export const ProfileSection = () => {
  const say = useText()
  const me = useSource(client.me)
  const config = useSource(client.settings.config)
  if (!me) return null
  return (
    <>
      <PictureRow me={me} isManaged={isManaged(me, config, 'Picture')} />
      {FIELDS.map(({ name, label, hint, longest, auto, setting }) => {
        const managed = isManaged(me, config, setting)
        const note = managed ? 'profile.managed' : hint
        return (
          <TextRow
            key={name}
            label={label}
            {...(note && { hint: note })}
            value={me[name]}
            longest={longest}
            autoComplete={auto}
            isDisabled={managed}
            save={(text) => client.users.patchMe({ [name]: text })}
          />
        )
      })}
      <TextRow
        label="profile.username"
        hint={me.auth_service === '' ? 'profile.usernameHint' : 'profile.managed'}
        prefix="@"
        value={me.username}
        longest={64}
        autoComplete="username"
        isDisabled={me.auth_service !== ''}
        check={(text) => (USERNAME.test(text.toLowerCase()) ? '' : say('profile.usernameWrong'))}
        save={(text) => client.users.patchMe({ username: text.toLowerCase() })}
      />
      <EmailRow me={me} />
      <AttributeRows me={me} />
    </>
  )
}
