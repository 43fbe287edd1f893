/**
 * Batching without a timer: one batch runs, and what arrives meanwhile goes into the next. A single request
 * does not wait. Under load many requests share one statement and one commit. A batch begins after all of its
 * requests, so what it reads is never older than a request.
 */

/**
 * `run` returns the results in the order of `asked`. An Error in place of a result fails that request alone;
 * a throw fails all of them.
 */
export const batching = <T, R>(
  run: (asked: readonly T[]) => Promise<readonly (R | Error)[]>,
  most = 200,
): ((one: T) => Promise<R>) => {
  type Waiting = { one: T; resolve(result: R): void; reject(error: unknown): void }
  let waiting: Waiting[] = []
  let isUnderWay = false

  const settle = async (batch: readonly Waiting[]) => {
    try {
      const results = await run(batch.map(({ one }) => one))
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index]
        if (result instanceof Error) reject(result)
        else resolve(result as R)
      }
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
  const work = async () => {
    isUnderWay = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most)
      waiting = waiting.slice(most)
      await settle(batch)
    }
    isUnderWay = false
  }
  return (one) =>
    new Promise((resolve, reject) => {
      waiting.push({ one, resolve, reject })
      if (!isUnderWay) void work()
    })
}

/** Batching for lookups by a key: returns the list of rows that have the key. */
export const batchingLists = <K extends string, V extends object>(
  key: keyof V,
  find: (keys: readonly K[]) => Promise<readonly V[]>,
): ((one: K) => Promise<V[]>) =>
  batching(async (keys) => {
    const lists = new Map<unknown, V[]>(keys.map((each) => [each, []]))
    for (const row of await find([...new Set(keys)])) lists.get(row[key])?.push(row)
    return keys.map((each) => lists.get(each) ?? [])
  })
