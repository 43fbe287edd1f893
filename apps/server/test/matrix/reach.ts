/**
 * Which operations are about something with a state: those that name a channel, a post, a team or a person in
 * their path or body.
 */
import type { Operation } from '@plausch/wire'
import { paramsOf } from '../rows.ts'
import type { State } from './states.ts'
import { table } from './table.ts'

type Schema = { properties?: Record<string, unknown>; items?: Schema; anyOf?: Schema[] }

const namesIn = (schema: Schema): string[] => [
  ...Object.keys(schema.properties ?? {}),
  ...(schema.items ? namesIn(schema.items) : []),
  ...(schema.anyOf ?? []).flatMap(namesIn),
]

/** Operations whose body consists only of ids, and those that name posts and channels by other ids. */
const unnamed: Record<string, readonly string[]> = {
  'users.listByIds': ['user_id'],
  'presence.listByIds': ['user_id'],
  'teams.listMembersByIds': ['user_id'],
  'members.listByIds': ['user_id'],
  'members.listGroupProfiles': ['channel_id'],
  'channels.createDirect': ['user_id'],
  'channels.createGroup': ['user_id'],
  'channels.listPublicByIds': ['channel_id'],
  'posts.listByIds': ['post_id'],
  'reactions.listOfPosts': ['post_id'],
  'unreads.markRead': ['channel_id'],
  'scheduled.update': ['channel_id'],
  'scheduled.remove': ['channel_id'],
  'uploads.get': ['channel_id'],
  'uploads.send': ['channel_id'],
  'onboarding.signUp': ['team_id'],
}

const kinds: readonly (readonly [RegExp, readonly State[]])[] = [
  [/channel(_id|_ids|_name|Ids|s)?$/, ['archivedChannel', 'archivedTeam']],
  [/^(post|thread|root|parent|post_root|file)_id$/, ['archivedChannel', 'archivedTeam', 'deletedPost']],
  [/(^|_)(team|team_id|team_name|invite_id)$/, ['archivedTeam']],
  [/^(user_id|user_ids|username|email)$/, ['deactivatedPerson']],
]

/** The states that matter to an operation, by the names in its path, its query and its body. */
export const statesOf = (operation: Operation): readonly State[] => {
  const inAddress = paramsOf(operation)
  const names = [
    ...inAddress,
    ...Object.keys(operation.query ?? {}),
    ...namesIn((operation.body ?? {}) as Schema),
    ...(unnamed[operation.id] ?? []),
  ]
  return [
    ...new Set(kinds.flatMap(([kind, states]) => (names.some((name) => kind.test(name)) ? states : []))),
  ]
}

const isOwnOnly = (id: string): boolean =>
  Object.entries(table[id] ?? {}).every(([kase, allowed]) => kase.startsWith('own') || allowed.length === 0)

/** Operations that are not in table-states.ts, and why. */
export const exceptions: Record<State, Record<string, string>> = {
  archivedChannel: {
    'channels.commonTeams': 'conversations are not archived',
    'channels.convertGroup': 'conversations are not archived',
    'members.listGroupProfiles': 'conversations are not archived',
    'commands.suggestions': 'takes the names of places and looks at none',
    'notices.acknowledgePush': 'takes the names of places and looks at none',
  },
  archivedTeam: {
    'members.listGroupProfiles': 'conversations are in no team',
    'namespaces.create': 'is about no team unless it makes channels; namespaces.test.ts has that',
    'namespaces.update': 'is about no team unless it makes channels; namespaces.test.ts has that',
    'namespaces.preview': 'is about no team unless it makes channels; namespaces.test.ts has that',
    'notices.acknowledgePush': 'takes the names of places and looks at none',
  },
  deletedPost: {
    'typing.send': 'tells where somebody types, not what',
    'members.add': 'takes the post that official clients send along, and looks at none',
    'scheduled.update': 'the place of what is scheduled stays: its post is judged when it is sent',
    'bookmarks.create': 'parents are bookmarks, and files are those of no post',
    'bookmarks.patch': 'files are those of no post',
    'commands.suggestions': 'takes the names of places and looks at none',
    'notices.acknowledgePush': 'takes the names of places and looks at none',
  },
  deactivatedPerson: {
    'accounts.sendVerification': 'answers the same for everybody; who is sent no mail is in accounts.test.ts',
    'accounts.sendReset': 'answers the same for everybody; who is sent no mail is in accounts.test.ts',
    'onboarding.signUp': 'is about somebody new',
    'teams.create': 'the address is that of the team',
    'reactions.save': 'is in one’s own name only',
    'interactions.submitDialog': 'is in one’s own name only',
    'interactions.lookUpOptions': 'is in one’s own name only',
  },
}

/**
 * Deactivated people can do nothing: operations about the caller alone are in table.ts, where one of the
 * actors is deactivated.
 */
export const isExcepted = (state: State, id: string): boolean =>
  id in exceptions[state] || (state === 'deactivatedPerson' && isOwnOnly(id))
