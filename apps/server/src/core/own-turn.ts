/**
 * Large input is read in a turn of the event loop of its own. One piece may take 25 ms; requests that arrive together are otherwise handled in one
 * turn, and a hundred of them would hold everybody else up for seconds.
 */

/** Input of so many bytes or characters takes a millisecond or two where it is of the dearest kind. */
export const LARGE_INPUT = 1000

const waiting: (() => void)[] = []

const next = (): void => {
  waiting.shift()?.()
  if (waiting.length > 0) setImmediate(next)
}

/** Resolves in a turn in which nobody else's does; in the order of the calls. What follows at once has the turn for itself. */
export const ownTurn = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve)
    if (waiting.length === 1) setImmediate(next)
  })
