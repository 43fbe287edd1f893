/**
 * Rows whose columns mostly have the usual value: not edited, not deleted, without this and that. Sending
 * such values is half of the cost of a page of posts, in the database and here: each costs 0.2 µs on both
 * sides together, and a null costs nothing. So the usual value of a column is not sent, and is filled in
 * here. (60 posts of 29 columns: 220 + 210 µs, sparse 130 + 165. JSON made by the database: 85 + 315.)
 */

type Usual = string | number | boolean | readonly never[] | Record<string, never>

const sqlOf = (value: Usual): string => {
  if (typeof value === 'object') return Array.isArray(value) ? "'{}'" : "'{}'::jsonb"
  return value === '' ? "''" : String(value)
}

/** A copy for each row: callers may write into it. */
const copyOf = (value: Usual): Usual => (typeof value !== 'object' ? value : Array.isArray(value) ? [] : {})

export type Sparse<R> = {
  /**
   * For a query that reads the table as `alias`. `instead` has other expressions for some of the columns with
   * a usual value.
   */
  columns(alias: string, instead?: { [K in keyof R]?: string }): string
  /** Fills in the usual values that were not sent. */
  fill<T extends R>(rows: T[]): T[]
}

/**
 * Columns in `always` are sent as they are. Columns in `usual`, which are never null, are sent only if they
 * differ from that value.
 */
export const sparse = <R extends object>(
  always: readonly (keyof R & string)[],
  usual: { [K in keyof R]?: Usual },
): Sparse<R> => {
  const pairs = Object.entries(usual) as [keyof R & string, Usual][]
  return {
    columns: (alias, instead = {}) =>
      [
        ...always.map((name) => `${alias}.${name}`),
        ...pairs.map(
          ([name, value]) => `${instead[name] ?? `nullif(${alias}.${name}, ${sqlOf(value)})`} as ${name}`,
        ),
      ].join(', '),
    fill(rows) {
      for (const row of rows as Record<string, unknown>[])
        for (const [name, value] of pairs) if (row[name] === null) row[name] = copyOf(value)
      return rows
    },
  }
}
