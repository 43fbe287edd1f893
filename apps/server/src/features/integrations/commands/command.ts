/**
 * The type of built-in commands, and how they work: by operations of the API, with their checks and guards.
 */
import type { InputOf, Operation } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { Fault, localeOf } from '../../../core/faults.ts'
import { compiled } from '../../../core/schemas.ts'
import type { Server } from '../../../core/server.ts'
import type { SeenChannel } from '../../places/channels/index.ts'
import type { TeamRow } from '../../places/teams/index.ts'

/** A text in both languages, with placeholders in braces. */
export type Words = { en: string; de: string }

/** Where a person gave a command, and its arguments. */
export type Asked = {
  /** The text after the name, trimmed. */
  text: string
  seen: SeenChannel
  /** The team of the channel. In a conversation it is the team that the client shows, if any. */
  team: TeamRow | undefined
  rootId: string
}

/** `say` is shown to the person alone; `goTo` is a path that the client should open. Both are optional. */
export type Answer = { say?: string; goTo?: string; isPosted?: boolean }

export type Command = {
  trigger: string
  hint: Words
  description: Words
  /** If false, lists leave it out; a person who types it anyway is told why it fails. */
  isOffered?(server: Server): boolean
  run(context: Context, asked: Asked): Promise<Answer>
}

export const offered = ({ server }: Context, commands: readonly Command[]): readonly Command[] =>
  commands.filter(({ isOffered }) => isOffered?.(server) ?? true)

/** A text in the language of the actor, with its placeholders filled. */
export const inWords = (
  { actor }: Context,
  words: Words,
  values: Record<string, string | number> = {},
): string =>
  words[localeOf(actor.locale, undefined)].replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    String(values[name] ?? ''),
  )

export const none: Words = { en: '', de: '' }

/** Explains how to use a command, instead of doing anything. */
export const usage = (context: Context, { trigger, hint }: Pick<Command, 'trigger' | 'hint'>): Answer => ({
  say: inWords(
    context,
    { en: 'Usage: `/{trigger} {hint}`', de: 'So geht es: `/{trigger} {hint}`' },
    { trigger, hint: inWords(context, hint) },
  ),
})

/** The limits of the contract also apply to bodies that a command builds. */
const checkBody = (operation: Operation, body: unknown) => {
  const check = operation.body && compiled(operation.body)
  if (!check || check.Check(body)) return
  const [first] = check.Errors(body)
  throw new Fault('api.context.invalid_body_param.app_error', {
    name: first?.instancePath.replace(/^\//, '') || 'body',
  })
}

type Guard<O, G> = (context: Context, input: InputOf<O>) => G | Promise<G>
type Run<O, G, R> = (context: Context, input: InputOf<O>, granted: G) => R | Promise<R>

/**
 * Runs an operation of the API as the actor: its checks, its guard and its function, in a separate
 * transaction.
 */
export const perform = <O extends Operation, G, R>(
  context: Context,
  operation: O,
  guard: Guard<O, G>,
  run: Run<O, NoInfer<G>, R>,
  input: InputOf<O>,
): Promise<R> => {
  const { server, actor, request, head } = context
  checkBody(operation, (input as { body: unknown }).body)
  return change(server, { actor, request, head }, async (inner) =>
    run(inner, input, await guard(inner, input)),
  )
}

/** Does the same for operations that manage their own transactions. */
export const performHere = async <O extends Operation, G, R>(
  context: Context,
  operation: O,
  guard: Guard<O, G>,
  run: Run<O, NoInfer<G>, R>,
  input: InputOf<O>,
): Promise<R> => {
  checkBody(operation, (input as { body: unknown }).body)
  return await run(context, input, await guard(context, input))
}
