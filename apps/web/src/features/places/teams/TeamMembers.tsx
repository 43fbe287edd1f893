import { everyPage } from '@plausch/client'
import { teams as operations, type Team, type User, users as userOperations } from '@plausch/wire'
import { ShieldMinus, ShieldPlus, UserMinus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, say as sayNow, useText } from '../../../i18n/text.ts'
import { menuItems, shownOn } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { isGuest } from '../../../platform/people.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import list from '../../../ui/List.module.css'
import type { MenuItem } from '../../../ui/menu-items.ts'
import { useFound } from '../../../ui/use-found.ts'
import { GroupsDecide } from '../syncables/GroupsDecide.tsx'
import { MemberLine } from './MemberLine.tsx'
import { teamRights } from './rights.ts'
import styles from './TeamSettings.module.css'

const PAGE = 100

type Changes = { changeAdmin(user: User, isAdmin: boolean): void; remove(user: User): void }

const adminsIn = async (teamId: string): Promise<ReadonlySet<string>> => {
  const found = await everyPage(200, (page) =>
    client.call(userOperations.list, { query: { in_team: teamId, team_roles: 'team_admin', ...page } }),
  )
  return new Set(found.map(({ id }) => id))
}

/** The people of a team: search, roles, removal. */
export const TeamMembers = ({ team }: { team: Team }) => {
  const say = useText()
  const [term, setTerm] = useState('')
  const { found, admins, changes } = useMembers(team.id, term.trim())
  const { isDecided } = useSource(teamRights(team.id))
  return (
    <>
      {isDecided && <GroupsDecide place={{ kind: 'team', id: team.id, name: team.display_name }} />}
      <Field
        label={say('members.search')}
        type="search"
        autoComplete="off"
        value={term}
        onChange={(event) => setTerm(event.target.value)}
      />
      <FormProblem text={found.problem} />
      {!found.items && found.isBusy && <Busy />}
      <ul className={list.list} aria-label={say('team.members')}>
        {found.items?.map((user) => (
          <Row key={user.id} teamId={team.id} user={user} isAdmin={admins.has(user.id)} changes={changes} />
        ))}
      </ul>
      <p className={styles.note} role="status">
        {found.items?.length === 0 && say('people.none')}
      </p>
      {found.hasMore && (
        <Button kind="quiet" isBusy={found.isBusy} onClick={found.more}>
          {say('members.more')}
        </Button>
      )}
    </>
  )
}

const useMembers = (teamId: string, term: string) => {
  const [admins, setAdmins] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => void attempt(async () => setAdmins(await adminsIn(teamId))), [teamId])
  const found = useFound(teamId, term, async (page) => {
    if (term !== '') return { items: await client.users.search(term, { team_id: teamId }), hasMore: false }
    const query = { in_team: teamId, page, per_page: PAGE }
    const users = await client.call(userOperations.list, { query })
    for (const user of users) client.users.put(user)
    return { items: users, hasMore: users.length === PAGE }
  })

  const changeAdmin = (user: User, isAdmin: boolean): void =>
    void attempt(async () => {
      await client.call(operations.setMemberSchemeRoles, {
        params: { team_id: teamId, user_id: user.id },
        body: { scheme_user: true, scheme_admin: isAdmin },
      })
      setAdmins(await adminsIn(teamId))
    })
  const remove = (user: User): void =>
    void attempt(async () => {
      await client.call(operations.removeMember, { params: { team_id: teamId, user_id: user.id } })
      found.drop(({ id }) => id === user.id)
    })
  return { found, admins, changes: { changeAdmin, remove } }
}

/** What can be done with a member of a team; what one may not do stands there with the reason. */
const itemsFor = (teamId: string, user: User, isAdmin: boolean, changes: Changes): readonly MenuItem[] => {
  const { mayManageRoles, mayRemove, isDecided } = teamRights(teamId).get()
  const about = menuItems(shownOn('person', user, 'menu').get(), user)
  const whyNotAdmin = isGuest(user)
    ? sayNow('members.guestNoAdmin')
    : mayManageRoles
      ? undefined
      : sayNow('team.onlyAdmins')
  // Bots are in no group.
  const isByGroups = isDecided && !user.is_bot
  const whyNotRemove = isByGroups ? sayNow('why.groups') : mayRemove ? undefined : sayNow('team.onlyAdmins')
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
      hint: whyNotRemove,
      isDisabled: whyNotRemove !== undefined,
      run: () => changes.remove(user),
    },
  ]
}

type RowProps = { teamId: string; user: User; isAdmin: boolean; changes: Changes }

const Row = ({ teamId, user: listed, isAdmin, changes }: RowProps) => {
  const user = useSource(client.users.records.at(listed.id)) ?? listed
  return <MemberLine user={user} isAdmin={isAdmin} items={() => itemsFor(teamId, user, isAdmin, changes)} />
}
