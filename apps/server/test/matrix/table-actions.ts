/** The permission matrix of the socket: who may use which action, and which HTTP operation does the same. */
import type { Listener, Person } from '@plausch/testkit'
import type { ActionName } from '@plausch/wire'
import type { Scene } from './scene.ts'
import { type Actor, members, nobody, signedIn } from './who.ts'

/** The data of an action in a case, and who succeeds. */
export type ActionCase = {
  allowed: readonly Actor[]
  data?: (scene: Scene) => object
  /** An actor who asks for people succeeds if the answer contains this person. */
  sought?: (scene: Scene) => Person
}

export type ActionRow = {
  /** The operation whose guard the action uses; otherwise why there is none. */
  twin: string | { none: string }
  cases: Record<string, ActionCase>
}

const inRoom = (kind: 'private' | 'public' | 'direct') => (scene: Scene) => ({
  channel_id: scene.rooms[kind].id,
  parent_id: '',
})

/** A person whom the guest meets, and one in another team, whom they do not. */
const met = (scene: Scene) => scene.target
const unmet = (scene: Scene) => scene.people.elsewhere

const ofOneself = { none: 'it is about the client that asks, and nobody else' }

export const actionTable: Record<ActionName, ActionRow> = {
  ping: { twin: ofOneself, cases: { any: { allowed: signedIn } } },
  user_typing: {
    twin: 'typing.send',
    cases: {
      private: { allowed: ['guest', 'inside'], data: inRoom('private') },
      public: { allowed: ['inside'], data: inRoom('public') },
      direct: { allowed: nobody, data: inRoom('direct') },
    },
  },
  user_update_active_status: {
    twin: ofOneself,
    cases: { own: { allowed: signedIn, data: () => ({ user_is_active: true, manual: false }) } },
  },
  presence: {
    twin: { none: 'it says what the client shows, and takes events from it, but gives none' },
    cases: { any: { allowed: signedIn, data: ({ rooms }) => ({ channel_id: rooms.direct.id }) } },
  },
  posted_notify_ack: {
    twin: { none: 'nothing is kept of it' },
    cases: { any: { allowed: signedIn, data: () => ({ post_id: '', status: 'success' }) } },
  },
  get_statuses: {
    twin: 'presence.listByIds',
    cases: {
      'somebody met': { allowed: signedIn, sought: met },
      'a stranger': { allowed: members, sought: unmet },
    },
  },
  get_statuses_by_ids: {
    twin: 'presence.listByIds',
    cases: {
      'somebody met': {
        allowed: signedIn,
        data: (scene) => ({ user_ids: [met(scene).id] }),
        sought: met,
      },
      'a stranger': {
        allowed: members,
        data: (scene) => ({ user_ids: [unmet(scene).id] }),
        sought: unmet,
      },
    },
  },
}

/** Did this client get what it asked for? */
export const succeeds = async (listener: Listener, name: string, kase: ActionCase, scene: Scene) => {
  const reply = await listener.act(name, kase.data?.(scene) ?? {})
  if (reply.status !== 'OK') return { isAllowed: false, reply }
  return { isAllowed: !kase.sought || kase.sought(scene).id in (reply.data ?? {}), reply }
}
