/** The table of what clients may ask over the socket: action → guard → function, as routes are for HTTP. */
import { type ActionData, type ActionName, actions } from '@plausch/wire'
import type { Connection } from './connection.ts'
import type { Context } from './context.ts'

type Guard<D, G> = (context: Context, input: { data: D }) => G | Promise<G>
type Run<D, G> = (
  context: Context,
  asked: { data: D; granted: G; connection: Connection },
) => Record<string, unknown> | undefined | Promise<Record<string, unknown> | undefined>

export type Action<D> = { guard: Guard<D, unknown>; run: Run<D, unknown> }

export type ActionTable = { [A in ActionName]?: Action<ActionData<A>> }

export const act = <D, G>(guard: Guard<D, G>, run: Run<D, NoInfer<G>>): Action<D> => ({
  guard,
  run: run as Run<D, unknown>,
})

export type AnyAction = { name: ActionName; guard: Guard<never, unknown>; run: Run<never, unknown> }

/** All actions of all features by name. A name that no feature serves is missing, and refused as unknown. */
export const actionsOf = (tables: readonly ActionTable[]): Map<string, AnyAction> => {
  const found = new Map<string, AnyAction>()
  for (const table of tables) {
    for (const name of Object.keys(actions) as ActionName[]) {
      const action = table[name]
      if (action) found.set(name, { name, ...(action as Omit<AnyAction, 'name'>) })
    }
  }
  return found
}
