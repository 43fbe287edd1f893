/** What people can do with teams. */
import {
  Archive,
  ArrowDown,
  ArrowUp,
  DoorOpen,
  LogOut,
  Plus,
  Settings2,
  UserPlus,
  UserRoundCheck,
  UserRoundMinus,
  UsersRound,
} from 'lucide-react'
import type { TextId } from '../../../i18n/text.ts'
import { type Action, action } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { dialog } from '../../../platform/dialogs.ts'
import { toTeam } from '../../../platform/navigation.ts'
import { isGuest } from '../../../platform/people.ts'
import { createTeam, openTeams } from './dialogs.ts'
import { orderedTeams, putTeamBeside, teamBeside, walkTeams } from './order.ts'
import { mayInviteSomehow, teamRights } from './rights.ts'

const invite = dialog(async () => (await import('./InviteDialog.tsx')).InviteDialog)
const teamSettings = dialog(async () => (await import('./TeamSettings.tsx')).TeamSettings)
const leaveTeam = dialog(async () => (await import('./LeaveTeam.tsx')).LeaveTeam)
const archiveTeam = dialog(async () => (await import('./ArchiveTeam.tsx')).ArchiveTeam)
const guestChange = dialog(async () => (await import('./GuestChange.tsx')).GuestChange)

const moveBy = (step: 1 | -1): Action =>
  action({
    on: 'team',
    name: step === 1 ? 'teams.down' : 'teams.up',
    label: step === 1 ? 'team.moveDown' : 'team.moveUp',
    icon: step === 1 ? ArrowDown : ArrowUp,
    group: 'move',
    shownIn: ['menu'],
    when: ({ id }, read) => {
      read(orderedTeams)
      return teamBeside(id, step) !== undefined
    },
    run: async ({ id }) => {
      const neighbour = teamBeside(id, step)
      if (neighbour) await putTeamBeside(id, neighbour.id, step === 1)
    },
  })

const onTeam: readonly Action[] = [
  action({
    on: 'team',
    name: 'teams.invite',
    label: 'team.invite',
    icon: UserPlus,
    when: ({ id }, read) => mayInviteSomehow(read, id),
    run: ({ id }) => invite.open({ teamId: id }),
  }),
  action({
    on: 'team',
    name: 'teams.members',
    label: 'team.members',
    icon: UsersRound,
    run: ({ id }) => teamSettings.open({ teamId: id, tab: 'members' }),
  }),
  action({
    on: 'team',
    name: 'teams.settings',
    label: 'team.settings',
    icon: Settings2,
    run: ({ id }) => teamSettings.open({ teamId: id }),
  }),
  moveBy(-1),
  moveBy(1),
  action({
    on: 'team',
    name: 'teams.leave',
    label: 'team.leave',
    icon: LogOut,
    group: 'end',
    run: ({ id }) => leaveTeam.open({ teamId: id }),
  }),
  action({
    on: 'team',
    name: 'teams.archive',
    label: 'team.archive',
    icon: Archive,
    group: 'end',
    isDanger: true,
    shownIn: ['menu'],
    when: ({ id }, read) => read(teamRights(id)).mayManage,
    run: ({ id }) => archiveTeam.open({ teamId: id }),
  }),
]

const onPerson: readonly Action[] = [
  action({
    on: 'person',
    name: 'teams.demote',
    label: 'guest.demote',
    icon: UserRoundMinus,
    group: 'guest',
    when: (user, read) =>
      !isGuest(user) &&
      user.id !== read(client.myId) &&
      read(client.settings.config).EnableGuestAccounts === 'true' &&
      read(client.roles.permissions('')).has('demote_to_guest'),
    run: ({ id }) => guestChange.open({ userId: id, isGuest: true }),
  }),
  action({
    on: 'person',
    name: 'teams.promote',
    label: 'guest.promote',
    icon: UserRoundCheck,
    group: 'guest',
    when: (user, read) => isGuest(user) && read(client.roles.permissions('')).has('promote_guest'),
    run: ({ id }) => guestChange.open({ userId: id, isGuest: false }),
  }),
]

const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const

/** Goes to one of the first nine teams. */
const goTo = (number: (typeof NUMBERS)[number]): Action =>
  action({
    on: 'app',
    name: `teams.go${number}`,
    label: `team.go${number}` satisfies TextId,
    keys: `Ctrl+Alt+${number}`,
    shownIn: [],
    when: (_, read) => read(orderedTeams).length > 1 && read(orderedTeams).length >= number,
    run: () => {
      const team = orderedTeams.get()[number - 1]
      if (team) toTeam(team)
    },
  })

const walk = (name: `teams.${string}`, label: TextId, keys: string, step: 1 | -1): Action =>
  action({
    on: 'app',
    name,
    label,
    keys,
    shownIn: [],
    when: (_, read) => read(orderedTeams).length > 1,
    run: () => walkTeams(step),
  })

const onApp: readonly Action[] = [
  action({
    on: 'app',
    name: 'teams.open',
    label: 'team.open',
    icon: DoorOpen,
    when: (_, read) => read(client.roles.permissions('')).has('list_public_teams'),
    run: () => openTeams.open(),
  }),
  action({
    on: 'app',
    name: 'teams.create',
    label: 'team.create',
    icon: Plus,
    when: (_, read) => read(client.roles.permissions('')).has('create_team'),
    run: () => createTeam.open(),
  }),
  walk('teams.next', 'team.next', 'Ctrl+Alt+Down', 1),
  walk('teams.previous', 'team.previous', 'Ctrl+Alt+Up', -1),
  ...NUMBERS.map(goTo),
]

export const actions: readonly Action[] = [...onTeam, ...onPerson, ...onApp]
