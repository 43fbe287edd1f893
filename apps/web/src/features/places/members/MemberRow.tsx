import type { Channel, User } from '@plausch/wire'
import { ShieldMinus, ShieldPlus, UserMinus } from 'lucide-react'
import { memo } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, say as sayNow } from '../../../i18n/text.ts'
import type { Reason } from '../../../platform/action.ts'
import { menuItems, shownOn } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { isGuest } from '../../../platform/people.ts'
import type { MenuItem } from '../../../ui/menu-items.ts'
import { adminsOf } from '../channels/holders.ts'
import { type Deed, isConversation, reasonAgainst } from '../channels/rights.ts'
import { MemberLine } from '../teams/MemberLine.tsx'
import { setAdmin } from './roles.ts'

type MemberRowProps = { channel: Channel; userId: string }

const hintOf = (reason: Reason | ''): string | undefined => {
  if (reason === '') return undefined
  return typeof reason === 'string' ? sayNow(reason) : sayNow(reason.id, reason.values)
}

const isAdminNow = (channelId: string, userId: string): boolean =>
  adminsOf(channelId).get()?.includes(userId) ?? false

/** What can be done with a member; what one may not do stands there with the reason. */
const itemsFor = (channel: Channel, user: User): readonly MenuItem[] => {
  const read = <T,>(source: { get(): T }): T => source.get()
  const against = (deed: Deed): string | undefined => hintOf(reasonAgainst(read, channel, deed))
  const about = menuItems(shownOn('person', user, 'menu').get(), user)
  if (isConversation(channel)) return about
  const isAdmin = isAdminNow(channel.id, user.id)
  const items: MenuItem[] = [...about, { kind: 'line' }]
  const whyNotAdmin = isGuest(user) ? sayNow('members.guestNoAdmin') : against('roles')
  items.push({
    label: sayNow(isAdmin ? 'members.removeAdmin' : 'members.makeAdmin'),
    icon: isAdmin ? ShieldMinus : ShieldPlus,
    hint: whyNotAdmin,
    isDisabled: whyNotAdmin !== undefined,
    run: () => void attempt(() => setAdmin(channel.id, user.id, !isAdmin)),
  })
  if (user.id === client.myId.get()) return items
  const whyNotRemove = against('members')
  items.push({
    label: sayNow('members.remove'),
    icon: UserMinus,
    isDanger: true,
    hint: whyNotRemove,
    isDisabled: whyNotRemove !== undefined,
    run: () => void attempt(() => client.members.remove(channel.id, user.id)),
  })
  return items
}

/** One person of a channel, with their role and a menu. */
export const MemberRow = memo(({ channel, userId }: MemberRowProps) => {
  const user = useSource(client.users.records.at(userId))
  const isAdmin = useSource(adminsOf(channel.id))?.includes(userId) ?? false
  return user ? <MemberLine user={user} isAdmin={isAdmin} items={() => itemsFor(channel, user)} /> : null
})
