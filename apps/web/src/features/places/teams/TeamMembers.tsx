import { teams as operations, type Team, type User, users as userOperations } from '@plausch/wire'
import { EllipsisVertical, ShieldMinus, ShieldPlus, UserMinus } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, say as sayNow, useText } from '../../../i18n/text.ts'
import { menuItems, shownOn } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { openMenuBelow } from '../../../ui/context-menu.ts'
import { Field } from '../../../ui/Field.tsx'
import list from '../../../ui/List.module.css'
import type { MenuItem } from '../../../ui/menu-items.ts'
import { Tag } from '../../../ui/Tag.tsx'
import { PersonRow } from '../../people/users/PersonRow.tsx'
import { isGuest, teamRights } from './rights.ts'
import styles from './TeamSettings.module.css'

const PAGE = 100
const WAIT_MS = 150

type Loaded = { users: readonly User[]; isComplete: boolean }

type Changes = { changeAdmin(user: User, isAdmin: boolean): void; remove(user: User): void }

const adminsIn = async (teamId: string): Promise<ReadonlySet<string>> => {
  const query = { in_team: teamId, team_roles: 'team_admin', per_page: 200 }
  const found = await client.call(userOperations.list, { query })
  return new Set(found.map(({ id }) => id))
}

/** The people of a team: search, roles, removal. */
export const TeamMembers = ({ team }: { team: Team }) => {
  const say = useText()
  const [term, setTerm] = useState('')
  const { loaded, admins, more, changes } = useMembers(team.id, term.trim())
  return (
    <>
      <Field
        label={say('members.search')}
        type="search"
        autoComplete="off"
        value={term}
        onChange={(event) => setTerm(event.target.value)}
      />
      {loaded === undefined ? (
        <Busy />
      ) : (
        <>
          <ul className={list.list} aria-label={say('team.members')}>
            {loaded.users.map((user) => (
              <Row
                key={user.id}
                teamId={team.id}
                user={user}
                isAdmin={admins.has(user.id)}
                changes={changes}
              />
            ))}
          </ul>
          <p className={styles.note} role="status">
            {loaded.users.length === 0 ? say('people.none') : ''}
          </p>
          {!loaded.isComplete && (
            <Button kind="quiet" onClick={more}>
              {say('members.more')}
            </Button>
          )}
        </>
      )}
    </>
  )
}

const useMembers = (teamId: string, term: string) => {
  const [loaded, setLoaded] = useState<Loaded>()
  const [admins, setAdmins] = useState<ReadonlySet<string>>(new Set())
  const [page, setPage] = useState(0)

  useEffect(() => void attempt(async () => setAdmins(await adminsIn(teamId))), [teamId])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another term begins with its first page
  useEffect(() => setPage(0), [term])
  useEffect(() => {
    let isCurrent = true
    const load = async (): Promise<void> => {
      if (term !== '') {
        const users = await client.users.search(term, { team_id: teamId })
        if (isCurrent) setLoaded({ users, isComplete: true })
        return
      }
      const query = { in_team: teamId, page, per_page: PAGE }
      const found = await client.call(userOperations.list, { query })
      for (const user of found) client.users.put(user)
      const isComplete = found.length < PAGE
      if (isCurrent)
        setLoaded((before) => ({
          users: page === 0 ? found : [...(before?.users ?? []), ...found],
          isComplete,
        }))
    }
    const timer = setTimeout(() => void attempt(load), term === '' ? 0 : WAIT_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [teamId, term, page])

  const changeAdmin = useCallback(
    (user: User, isAdmin: boolean): void =>
      void attempt(async () => {
        await client.call(operations.setMemberSchemeRoles, {
          params: { team_id: teamId, user_id: user.id },
          body: { scheme_user: true, scheme_admin: isAdmin },
        })
        setAdmins(await adminsIn(teamId))
      }),
    [teamId],
  )
  const remove = useCallback(
    (user: User): void =>
      void attempt(async () => {
        await client.call(operations.removeMember, { params: { team_id: teamId, user_id: user.id } })
        setLoaded((before) => before && { ...before, users: before.users.filter(({ id }) => id !== user.id) })
      }),
    [teamId],
  )
  return { loaded, admins, more: () => setPage(page + 1), changes: { changeAdmin, remove } }
}

/** What can be done with a member of a team; what one may not do stands there with the reason. */
const itemsFor = (teamId: string, user: User, isAdmin: boolean, changes: Changes): readonly MenuItem[] => {
  const { mayManageRoles, mayRemove } = teamRights(teamId).get()
  const about = menuItems(shownOn('person', user, 'menu').get(), user)
  const whyNotAdmin = isGuest(user)
    ? sayNow('members.guestNoAdmin')
    : mayManageRoles
      ? undefined
      : sayNow('team.onlyAdmins')
  const items: MenuItem[] = [
    ...about,
    { kind: 'line' },
    {
      label: sayNow(isAdmin ? 'members.removeAdmin' : 'members.makeAdmin'),
      icon: isAdmin ? ShieldMinus : ShieldPlus,
      hint: whyNotAdmin,
      isDisabled: whyNotAdmin !== undefined,
      run: () => changes.changeAdmin(user, !isAdmin),
    },
  ]
  if (user.id === client.myId.get()) return items
  return [
    ...items,
    {
      label: sayNow('team.removeMember'),
      icon: UserMinus,
      isDanger: true,
      hint: mayRemove ? undefined : sayNow('team.onlyAdmins'),
      isDisabled: !mayRemove,
      run: () => changes.remove(user),
    },
  ]
}

type RowProps = { teamId: string; user: User; isAdmin: boolean; changes: Changes }

const Row = ({ teamId, user: listed, isAdmin, changes }: RowProps) => {
  const say = useText()
  const user = useSource(client.users.records.at(listed.id)) ?? listed
  const name = useSource(personName(user.id)) || user.username
  const label = say('people.actions', { name })
  return (
    <li className={list.row}>
      <PersonRow userId={user.id}>
        {isAdmin && <Tag>{say('members.admin')}</Tag>}
        {isGuest(user) && <Tag>{say('members.guest')}</Tag>}
      </PersonRow>
      <IconButton
        icon={EllipsisVertical}
        label={label}
        aria-haspopup="menu"
        onClick={(event) =>
          openMenuBelow(event.currentTarget, () => itemsFor(teamId, user, isAdmin, changes), label)
        }
      />
    </li>
  )
}
