import type { User } from '@plausch/wire'
import { EllipsisVertical } from 'lucide-react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { personName } from '../../../platform/names.ts'
import { isGuest } from '../../../platform/people.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { openMenuBelow } from '../../../ui/context-menu.ts'
import list from '../../../ui/List.module.css'
import type { MenuItem } from '../../../ui/menu-items.ts'
import { Tag } from '../../../ui/Tag.tsx'
import { PersonRow } from '../../people/users/PersonRow.tsx'
import { GuestUntil } from '../guests/GuestUntil.tsx'

type MemberLineProps = {
  user: User
  isAdmin: boolean
  /** What can be done with this person; asked for when the menu opens. */
  items(): readonly MenuItem[]
}

/** One person of a team or channel, with their role and a menu. */
export const MemberLine = ({ user, isAdmin, items }: MemberLineProps) => {
  const say = useText()
  const name = useSource(personName(user.id)) || user.username
  const label = say('people.actions', { name })
  return (
    <li className={list.row}>
      <PersonRow userId={user.id}>
        {isAdmin && <Tag>{say('members.admin')}</Tag>}
        {isGuest(user) && <Tag>{say('members.guest')}</Tag>}
        {isGuest(user) && <GuestUntil userId={user.id} />}
      </PersonRow>
      <IconButton
        icon={EllipsisVertical}
        label={label}
        aria-haspopup="menu"
        onClick={(event) => openMenuBelow(event.currentTarget, items, label)}
      />
    </li>
  )
}
