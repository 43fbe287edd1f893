/** Replaces regexparam, a dependency of wouter: no route of the client is a pattern. */
export const parse = (): never => {
  throw new Error('routes are no patterns')
}
