import {
  EllipsisVertical,
  Hash,
  ShieldMinus,
  ShieldPlus,
  Unlink,
  UserMinus,
  UserPlus,
  UsersRound,
} from 'lucide-react'
import { attempt, say as sayNow, useText } from '../../../i18n/text.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { openMenuBelow } from '../../../ui/context-menu.ts'
import list from '../../../ui/List.module.css'
import type { MenuItem } from '../../../ui/menu-items.ts'
import { Tag } from '../../../ui/Tag.tsx'
import { addByLink, unlink } from './dialogs.ts'
import { changeLink, type Link } from './links.ts'

/** A thing that can be linked: its name, and what tells it apart. */
export const FoundRow = ({ name, note }: { name: string; note: string }) => (
  <span className={list.words}>
    <span className={list.name}>{name}</span>
    {note && <span className={list.side}>{note}</span>}
  </span>
)

const itemsFor = (link: Link, done: () => void): readonly MenuItem[] => {
  const change = (body: Parameters<typeof changeLink>[1]): void =>
    void attempt(async () => {
      await changeLink(link, body)
      done()
    })
  const { adds, makesAdmins } = link
  const role: MenuItem = {
    label: sayNow(makesAdmins ? 'groupLinks.makeMembers' : 'groupLinks.makeAdmins'),
    hint: sayNow(makesAdmins ? 'groupLinks.makeMembersHint' : 'groupLinks.asAdminHint'),
    icon: makesAdmins ? ShieldMinus : ShieldPlus,
    run: () => change({ scheme_admin: !makesAdmins }),
  }
  const adding: MenuItem = {
    label: sayNow(adds ? 'groupLinks.stopAdding' : 'groupLinks.add'),
    hint: sayNow(adds ? 'groupLinks.stopAddingHint' : 'groupLinks.addHint'),
    icon: adds ? UserMinus : UserPlus,
    run: () => (adds ? change({ auto_add: false }) : addByLink.open({ link, done })),
  }
  return [
    role,
    ...(adds === undefined ? [] : [adding]),
    { kind: 'line' },
    { label: sayNow('groupLinks.end'), icon: Unlink, isDanger: true, run: () => unlink.open({ link, done }) },
  ]
}

type LinkRowProps = {
  link: Link
  /** The end that the row names; the other one is what the list is about. */
  names: 'group' | 'place'
  note: string
  mayChange: boolean
  done(): void
}

/** A link in a list, with its role and a menu. */
export const LinkRow = ({ link, names, note, mayChange, done }: LinkRowProps) => {
  const say = useText()
  const { name } = link[names]
  const label = say('groupLinks.actions', { name })
  const Icon = names === 'place' && link.place.kind === 'channel' ? Hash : UsersRound
  return (
    <>
      <Icon size={18} strokeWidth={1.75} aria-hidden />
      <FoundRow name={name} note={note} />
      {link.adds === false && <Tag>{say('groupLinks.doesNotAdd')}</Tag>}
      <Tag kind={link.makesAdmins ? 'accent' : 'plain'}>
        {say(link.makesAdmins ? 'groupLinks.asAdmin' : 'groupLinks.asMember')}
      </Tag>
      {mayChange && (
        <IconButton
          icon={EllipsisVertical}
          label={label}
          aria-haspopup="menu"
          onClick={(event) => openMenuBelow(event.currentTarget, () => itemsFor(link, done), label)}
        />
      )}
    </>
  )
}
