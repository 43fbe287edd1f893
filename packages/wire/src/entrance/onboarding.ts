/** How people get an account: signing up, and the first administrator. */
import { Type } from 'typebox'
import { text } from '../input.ts'
import { Name } from '../names.ts'
import { operations, ours, post } from '../operation.ts'
import { User } from '../people/users.ts'
import { Team } from '../places/teams.ts'
import { Strings, Text } from '../records.ts'

export const NewUser = Type.Object({
  email: Text(128, 3),
  username: Text(64, 1),
  password: Type.Optional(Text(4096)),
  nickname: Type.Optional(Name(64)),
  first_name: Type.Optional(Name(64)),
  last_name: Type.Optional(Name(64)),
  position: Type.Optional(Name(128)),
  locale: Type.Optional(Text(5)),
  timezone: Type.Optional(Strings),
  notify_props: Type.Optional(Strings),
  props: Type.Optional(Strings),
})

export const onboarding = operations('onboarding', {
  /**
   * `iid` is a team's invite id, `t` a token. On an empty server that listens beyond loopback, `t` is the
   * one-time code that the server prints at its start.
   */
  signUp: post('/users', {
    query: { t: text(128), iid: text(26), r: text(64) },
    body: NewUser,
    reply: User,
    status: 201,
  }),
  /** Makes the first team of an empty server. Everybody who signs up later joins it. */
  firstTeam: ours.post('/first-team', {
    body: Type.Object({ name: Text(64), display_name: Name(64, 1) }),
    reply: Team,
    status: 201,
  }),
})
