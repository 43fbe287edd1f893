/**
 * Ways to sign in. Each is a feature of its own that adds itself here: this noun counts attempts, opens
 * sessions and knows no password. An account has exactly one way, named by its column `auth_service`.
 */
import type { Context } from '../../../core/context.ts'
import { point } from '../../../core/extension.ts'
import type { Server } from '../../../core/server.ts'
import type { UserRow } from '../users/index.ts'
import type { Attempt } from './attempts.ts'

/** Who wants to sign in: an account by its id, or whatever the person typed, in small letters. */
export type Named = { id: string; login: string }

/**
 * `right`: the account, as it was when its secret was proven; a session is opened only if it is still the
 * same. `elsewhere`: the account has another way. A way that cannot say (its service is down) throws.
 */
export type Proof =
  | { answer: 'right'; user: UserRow; attempt: Attempt }
  | { answer: 'wrong' | 'locked'; user?: UserRow }
  | { answer: 'elsewhere' }

export type Way = {
  /** `auth_service` of its accounts: '' for passwords of this server. */
  service: string
  /** Can people sign in by it now? */
  isOn(server: Server): boolean
  /**
   * Checks a name and a password at signing in, and counts the attempt. Not within a transaction. It may
   * create the account. Ways without passwords have none: people come back from a provider.
   */
  signIn?(context: Context, named: Named, password: string): Promise<Proof>
  /** Checks the password of one of its accounts, whose owner is signed in. Counts as `signIn` does. */
  prove?(context: Context, user: UserRow, password: string): Promise<Proof>
  /**
   * Proves that a name of this way is the person's, and returns its stable id: for an account that moves
   * here. Throws otherwise. Not within a transaction.
   */
  claim?(context: Context, login: string, password: string): Promise<string>
  /**
   * The same at a provider: begins to move the account, whose owner has just proven it, and returns the
   * address where the person proves to be somebody there. Not within a transaction.
   */
  claimElsewhere?(context: Context, proven: UserRow): Promise<string>
  /** An account moves to another way: forgets what this one keeps of it. */
  leave?(context: Context, user: UserRow): Promise<void>
}

/** In the order in which they are asked. */
export const ways = point<Way>('sessions.ways')

/** The ways that are switched on, in the order in which a sign-in asks them. */
export const waysOn = (server: Server): readonly Way[] =>
  server.extensions.of(ways).filter((way) => way.isOn(server))

/** The way of an account, also if it is switched off. */
export const wayOf = (server: Server, user: UserRow): Way | undefined =>
  server.extensions.of(ways).find(({ service }) => service === user.auth_service)
