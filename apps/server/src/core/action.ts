/** The table of socket actions: action → guard → function, as routes are for HTTP. */
import { type ActionData, type ActionName, actions } from '@plausch/wire'
import type { Connection } from './connection.ts'
import type { Context } from './context.ts'
import type { Guard } from './route.ts'

/** Builds the guard's input from the data of a frame. */
type Ask<D, I> = (data: D, context: Context) => I
type Run<D, G> = (
  context: Context,
  asked: { data: D; granted: G; connection: Connection },
) => Record<string, unknown> | undefined | Promise<Record<string, unknown> | undefined>

export type Action<D> = { guard: Guard<never, unknown>; ask: Ask<D, unknown>; run: Run<D, unknown> }

export type ActionTable = { [A in ActionName]?: Action<ActionData<A>> }

/**
 * A row. The guard is that of the HTTP route that does the same, so the socket never allows more than HTTP.
 */
export const act = <D, I, G>(
  guard: Guard<I, G>,
  ask: Ask<D, NoInfer<I>>,
  run: Run<D, NoInfer<G>>,
): Action<D> => ({ guard, ask, run: run as Run<D, unknown> })

export type AnyAction = {
  name: ActionName
  guard: Guard<never, unknown>
  ask: Ask<never, unknown>
  run: Run<never, unknown>
}

/**
 * All actions of all features by name. An action that no feature serves is missing, and is refused as
 * unknown.
 */
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
