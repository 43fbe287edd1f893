/** What a built-in command is, and how it does its work: as the operations of the API, with their checks and guards. */
import type { InputOf, Operation } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { Fault, localeOf } from '../../../core/faults.ts'
import { compiled } from '../../../core/schemas.ts'
import type { Server } from '../../../core/server.ts'
import type { SeenChannel } from '../../places/channels/index.ts'
import type { TeamRow } from '../../places/teams/index.ts'

/** A text in both languages, with holes in braces. */
export type Words = { en: string; de: string }

/** Where a command was given, and what stands behind its name. */
export type Asked = {
  /** Behind the name, without blanks around it. */
  text: string
  seen: SeenChannel
  /** The team of the channel; in a conversation the one that the client shows, if any. */
  team: TeamRow | undefined
  rootId: string
}

/** `say` is told to the person alone; `goTo` is where the client should go. Both may be missing. */
export type Answer = { say?: string; goTo?: string; isPosted?: boolean }

export type Command = {
  trigger: string
  hint: Words
  description: Words
  /** Left out of lists where it says no; whoever types it nevertheless is told why. */
  isOffered?(server: Server): boolean
  run(context: Context, asked: Asked): Promise<Answer>
}

export const offered = ({ server }: Context, commands: readonly Command[]): readonly Command[] =>
  commands.filter(({ isOffered }) => isOffered?.(server) ?? true)

/** A text in the language of the actor, its holes filled. */
export const inWords = (
  { actor }: Context,
  words: Words,
  values: Record<string, string | number> = {},
): string =>
  words[localeOf(actor.locale, undefined)].replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    String(values[name] ?? ''),
  )

export const none: Words = { en: '', de: '' }

/** Tells how a command is used, instead of doing anything. */
export const usage = (context: Context, { trigger, hint }: Pick<Command, 'trigger' | 'hint'>): Answer => ({
  say: inWords(
    context,
    { en: 'Usage: `/{trigger} {hint}`', de: 'So geht es: `/{trigger} {hint}`' },
    { trigger, hint: inWords(context, hint) },
  ),
})

/** The contract's limits hold for what comes by a command, too. */
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

/** An operation of the API in the actor's name: its checks, its guard, its function, in a transaction of its own. */
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

/** The same for operations that bring their own commits. */
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
