/**
 * A person, a colleague and a channel, and a server that answers as each test says: for tests of reducers.
 */
import type { Channel, ChannelMember, EventFrame, Home, Post, User } from '@plausch/wire'
import type { Call } from '../api.ts'
import { createState, type State } from './state.ts'

export const id = (name: string): string => name.padEnd(26, '0')
export const me = id('me')
export const bo = id('bo')
export const team = id('team')
export const town = id('town')

export const user = (name: string, more: Partial<User> = {}) =>
  ({
    id: id(name),
    username: name,
    update_at: 1,
    first_name: '',
    last_name: '',
    nickname: '',
    email: `${name}@x.de`,
    roles: 'system_user',
    notify_props: {},
    ...more,
  }) as User

export const channel = (name: string, more: Partial<Channel> = {}) =>
  ({
    id: id(name),
    name,
    display_name: name,
    team_id: team,
    type: 'O',
    update_at: 1,
    delete_at: 0,
    last_post_at: 100,
    last_root_post_at: 100,
    total_msg_count: 5,
    total_msg_count_root: 4,
    ...more,
  }) as Channel

export const member = (name: string, more: Partial<ChannelMember> = {}) =>
  ({
    channel_id: id(name),
    user_id: me,
    roles: 'channel_user',
    msg_count: 5,
    msg_count_root: 4,
    mention_count: 0,
    mention_count_root: 0,
    urgent_mention_count: 0,
    last_viewed_at: 100,
    last_update_at: 1,
    notify_props: { mark_unread: 'all' },
    ...more,
  }) as ChannelMember

export const home = (more: Partial<Home> = {}): Home => ({
  config: { TeammateNameDisplay: 'username' },
  license: {},
  me: user('me'),
  preferences: [],
  roles: [],
  teams: [],
  team_members: [],
  channels: [channel('town')],
  channel_members: [member('town')],
  categories: {},
  users: [user('bo')],
  direct: {},
  statuses: [],
  ...more,
})

export const post = (name: string, at: number, more: Partial<Post> = {}) =>
  ({
    id: id(name),
    create_at: at,
    update_at: at,
    edit_at: 0,
    delete_at: 0,
    user_id: bo,
    channel_id: town,
    root_id: '',
    original_id: '',
    message: name,
    type: '',
    props: {},
    hashtags: '',
    pending_post_id: '',
    is_pinned: false,
    reply_count: 0,
    last_reply_at: 0,
    participants: null,
    metadata: {},
    ...more,
  }) as Post

export const frame = (event: string, data: object, broadcast: object = {}) =>
  ({
    event,
    data,
    seq: 1,
    broadcast: { channel_id: '', user_id: '', team_id: '', ...broadcast },
  }) as unknown as EventFrame

export const posted = (each: Post, mentions?: string[]) =>
  frame(
    'posted',
    {
      post: JSON.stringify(each),
      set_online: true,
      ...(mentions ? { mentions: JSON.stringify(mentions) } : {}),
    },
    { channel_id: each.channel_id },
  )

/** Answers calls by operation id; a call that is not listed makes the test fail. */
export type Answers = Record<
  string,
  (input: { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }) => unknown
>
/** Which operations were called, in order. */
export const asked: string[] = []
export const caller = (answers: Answers): Call =>
  (async (operation: { id: string }, input: object = {}) => {
    asked.push(operation.id)
    const answer = answers[operation.id]
    if (!answer) throw new Error(`not expected: ${operation.id}`)
    return await answer(input)
  }) as Call

/** The failures that the state reported. */
export const problems: unknown[] = []
export const stateWith = (answers: Answers = {}, bundle: Home = home()): State => {
  const state = createState({
    call: caller(answers),
    onProblem: (problem) => problems.push(problem),
    now: () => 1000,
  })
  state.load(bundle)
  return state
}

/** The person's unread messages in the channel. */
export const unread = (state: State) => state.unreads.ofChannel(town).get()

/** Call before each test: forgets calls and failures. */
export const forget = (): void => {
  asked.length = 0
  problems.length = 0
}
