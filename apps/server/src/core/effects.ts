/**
 * Effects: changes of memory and sockets after a commit, as data, because a closure could not be sent to
 * another server. A feature declares an effect by name, mounts it in `Feature.effects`, and passes data to
 * `context.effect`. After the commit, the server that committed applies the effect. The bus (bus.ts) takes it
 * to other servers, which apply it as well, or do what `elsewhere` says.
 */
import type { Applied, Effect, Effects, Json, Server } from './server.ts'

type Elsewhere<D> = {
  /** What other servers do instead. If the order matters, they read the current state from the database. */
  elsewhere?(server: Server, data: D): void
}

type SecretElsewhere = { isSecret: true; elsewhere(server: Server): void }

/** Per process: all effects that the code declares. */
const declared: Effect<never>[] = []

/** Declares an effect: noun, then verb in the imperative, as in `places.forget`. */
export const effect = <D extends Json>(
  name: string,
  here: (server: Server, data: D) => void,
  options: Elsewhere<D> | SecretElsewhere = {},
): Effect<D> => {
  const { elsewhere = here } = options
  const made: Effect<D> = { name, here, elsewhere, isSecret: 'isSecret' in options }
  declared.push(made)
  return made
}

/** For effects that concern only the server that committed, or that tell others in another way. */
export const nothingElsewhere = { elsewhere: (): void => undefined }

/**
 * Applies effects here, where they were committed, or elsewhere. If one fails, the others are still applied.
 */
export const applyEffects = (
  server: Server,
  effects: readonly Applied[],
  where: 'here' | 'elsewhere',
): void => {
  for (const { effect, data } of effects) {
    try {
      effect[where](server, data as never)
    } catch (error) {
      server.log.error({ err: error, effect: effect.name }, 'an effect of a committed operation failed')
    }
  }
}

/**
 * Checks that every declared effect is mounted, so that other servers can apply it; otherwise the server does
 * not start.
 */
export const mountEffects = (mounted: readonly Effect<never>[]): Effects => {
  const byName = new Map(mounted.map((each) => [each.name, each]))
  if (byName.size < mounted.length) throw new Error('two effects have the same name')
  const absent = declared.filter((each) => byName.get(each.name) !== each)
  if (absent.length > 0)
    throw new Error(`effects that no feature mounts: ${absent.map(({ name }) => name).join(', ')}`)
  return byName
}
