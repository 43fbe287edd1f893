/**
 * Extension points: a feature declares what others may add to it (a part of its statement, a column of its
 * query), and higher features add to it in `Feature.extensions`. So a new noun changes no file of a lower
 * one.
 */
declare const value: unique symbol

/** A point to which features add values of type T. */
export type Point<T> = { readonly name: string; readonly [value]?: T }

export const point = <T>(name: string): Point<T> => ({ name })

export type Extension = { point: string; value: unknown }

export const extend = <T>(point: Point<T>, value: NoInfer<T>): Extension => ({ point: point.name, value })

export type Extensions = {
  /** What was added to the point, in the order of the ranked list. */
  of<T>(point: Point<T>): readonly T[]
}

export const collect = (extensions: readonly Extension[]): Extensions => {
  const values = new Map<string, unknown[]>()
  for (const { point, value } of extensions) values.set(point, [...(values.get(point) ?? []), value])
  return { of: <T>({ name }: Point<T>) => (values.get(name) ?? []) as T[] }
}
