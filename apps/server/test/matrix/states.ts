/**
 * The states of things: who asks in each, in which cases of the table, and how to set a state and undo it.
 */
import { channels, posts, teams, users } from '@plausch/wire'
import { type Draft, roomOf, teamOf } from './draft.ts'
import type { Scene } from './scene.ts'
import type { Actor, Kase } from './who.ts'

export type State = 'archivedChannel' | 'archivedTeam' | 'deletedPost' | 'deactivatedPerson'

type Change = {
  /** Actors for whom the state may matter; the others are excluded by their kind. */
  actors: readonly Actor[]
  /** Cases of the table for which this state can matter. */
  isAbout(kase: Kase): boolean
  /** Puts the things that the requests are about into the state; the result undoes that. */
  begin(scene: Scene, drafts: readonly Draft[]): Promise<() => Promise<void>>
}

const each = async (ids: Iterable<string>, work: (id: string) => Promise<unknown>) => {
  for (const id of new Set(ids)) if (id !== '') await work(id)
}

const isOfTeam = (kase: Kase) => !kase.includes('direct') && kase !== 'invited' && kase !== 'uninvited'

const channelsOf = ({ scene, kase, params }: Draft): string[] => {
  const named = params.channel_id
  if (named && named !== roomOf({ scene, kase } as Draft).id) return [named]
  return /private|public/.test(kase)
    ? [roomOf({ scene, kase } as Draft).id]
    : [scene.rooms.private.id, scene.rooms.public.id]
}

const archivedChannel: Change = {
  actors: ['guest', 'member', 'inside', 'teamAdmin', 'root'],
  isAbout: (kase) => isOfTeam(kase) && kase !== 'group' && kase !== 'open',
  async begin({ owner }, drafts) {
    const ids = drafts.flatMap(channelsOf)
    await each(ids, (channel_id) => owner.call(channels.archive, { params: { channel_id } }))
    return () => each(ids, (channel_id) => owner.call(channels.restore, { params: { channel_id } }))
  },
}

const archivedTeam: Change = {
  actors: ['anonymous', 'guest', 'elsewhere', 'member', 'inside', 'teamAdmin', 'root'],
  // Who sees a channel as public does not matter any more.
  isAbout: (kase) => (isOfTeam(kase) && kase !== 'public') || kase === 'invited',
  async begin({ owner, closed, open }, drafts) {
    const ids = drafts.map((draft) => draft.params.team_id ?? teamOf(draft).id)
    await each(ids, (team_id) => owner.call(teams.archive, { params: { team_id } }))
    return () =>
      each(ids, async (team_id) => {
        const { invite_id } = await owner.call(teams.restore, { params: { team_id } })
        for (const team of [closed, open]) if (team.id === team_id) team.invite_id = invite_id
      })
  },
}

const postOf = ({ params, body, about }: Draft): string => {
  const { post_id, root_id } = (body ?? {}) as { post_id?: string; root_id?: string }
  return about ?? params.thread_id ?? params.post_id ?? post_id ?? root_id ?? ''
}

const deletedPost: Change = {
  actors: ['guest', 'inside', 'teamAdmin', 'root'],
  // A deleted post is gone everywhere alike: one room stands for all.
  isAbout: (kase) => isOfTeam(kase) && !kase.includes('public') && !kase.includes('open'),
  async begin({ owner }, drafts) {
    await each(drafts.map(postOf), (post_id) => owner.call(posts.remove, { params: { post_id } }))
    return async () => undefined
  },
}

const deactivatedPerson: Change = {
  actors: ['guest', 'member', 'inside', 'teamAdmin', 'root'],
  isAbout: (kase) => !kase.startsWith('own') && !kase.includes('public') && !kase.includes('open'),
  async begin({ owner, target }) {
    const set = (active: boolean) =>
      owner.call(users.setActive, { params: { user_id: target.id }, body: { active } })
    await set(false)
    return async () => void (await set(true))
  },
}

export const states: Record<State, Change> = {
  archivedChannel,
  archivedTeam,
  deletedPost,
  deactivatedPerson,
}
