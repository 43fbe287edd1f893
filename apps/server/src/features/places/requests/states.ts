/** The states of a request, and who may move it from one to another. Everything that may happen is a row. */
import type { RequestMove, RequestState, RequestStep } from '@plausch/wire'

/** What a person is to a request; `server` is the server itself. */
export type Part = 'requester' | 'owner' | 'endorser' | 'administrator' | 'server'
export type Step = RequestStep['step']

type Rule = { step: Exclude<Step, 'ask'>; by: Part; from: RequestState; to: RequestState }

const rules: readonly Rule[] = [
  { step: 'endorse', by: 'endorser', from: 'endorsement', to: 'decision' },
  // Administrators decide about what nobody can endorse any more.
  { step: 'orphan', by: 'server', from: 'endorsement', to: 'decision' },
  { step: 'approve', by: 'administrator', from: 'decision', to: 'approved' },
  { step: 'refuse', by: 'endorser', from: 'endorsement', to: 'refused' },
  { step: 'refuse', by: 'administrator', from: 'endorsement', to: 'refused' },
  { step: 'refuse', by: 'administrator', from: 'decision', to: 'refused' },
  { step: 'withdraw', by: 'requester', from: 'endorsement', to: 'withdrawn' },
  { step: 'withdraw', by: 'requester', from: 'decision', to: 'withdrawn' },
  { step: 'lapse', by: 'server', from: 'endorsement', to: 'lapsed' },
  { step: 'lapse', by: 'server', from: 'decision', to: 'lapsed' },
]

/** The state of a new request. */
export const firstState = (endorserId: string): RequestState =>
  endorserId === '' ? 'decision' : 'endorsement'

/** The state after a step; undefined if it cannot be taken in this state by somebody with these parts. */
export const stateAfter = (
  state: RequestState,
  step: Step,
  parts: ReadonlySet<Part>,
): RequestState | undefined =>
  rules.find((rule) => rule.step === step && rule.from === state && parts.has(rule.by))?.to

/** May somebody with these parts take the step in any state? */
export const mayEver = (step: Step, parts: ReadonlySet<Part>): boolean =>
  rules.some((rule) => rule.step === step && parts.has(rule.by))

const moves: readonly RequestMove[] = ['endorse', 'approve', 'refuse', 'withdraw']

/** What somebody with these parts can do now. */
export const movesIn = (state: RequestState, parts: ReadonlySet<Part>): RequestMove[] =>
  moves.filter((move) => stateAfter(state, move, parts) !== undefined)
