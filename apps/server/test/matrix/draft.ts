/**
 * A request of the permission matrix that only a missing permission can stop: its parts, and the building
 * blocks of preparations.
 */
import type { Person } from '@plausch/testkit'
import { type Channel, type Team, teams } from '@plausch/wire'
import type { Scene } from './scene.ts'
import type { Actor, Kase } from './who.ts'

/** A request before it is sent; preparations change it. */
export type Draft = {
  scene: Scene
  kase: Kase
  actor: Actor
  /** Null for anonymous. */
  person: Person | null
  token: string
  /** Cookies of a browser, beside the token. */
  cookie?: string
  params: Record<string, string>
  query: Record<string, string>
  body: unknown
  /** The post that the request is about, if neither path nor body name it. */
  about?: string
  /** An actor who asks for a list succeeds if this is in the answer. */
  sought?: string
  /** Restores what the request may have ended. */
  after?: () => Promise<void>
}

export const isOwn = ({ kase }: Draft) => kase.startsWith('own')

/** The person the operation is about. */
export const aboutWhom = (draft: Draft): Person =>
  isOwn(draft) && draft.person ? draft.person : draft.scene.target

/** The actor, if they can still sign in. */
export const living = ({ person, actor }: Draft): Person | null => (actor === 'deactivated' ? null : person)

export const roomOf = ({ scene, kase }: Draft): Channel => {
  if (kase.includes('public')) return scene.rooms.public
  return kase.includes('direct') ? scene.rooms.direct : scene.rooms.private
}

export const teamOf = ({ scene, kase }: Draft): Team => (kase.includes('open') ? scene.open : scene.closed)

export const inviteOf = async ({ scene }: Draft) =>
  (await scene.owner.call(teams.get, { params: { team_id: scene.closed.id } })).invite_id

/** A preparation that only sets the body. */
export const body = (make: (draft: Draft) => unknown) => (draft: Draft) => {
  draft.body = make(draft)
}

/** Without it the licence is refused to everybody. */
export const asOldFormat = ({ query }: Draft) => {
  query.format = 'old'
}

export type Preparations = Record<string, (draft: Draft) => void | Promise<void>>
