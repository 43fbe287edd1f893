/** Lists that the server answers page by page. */

/**
 * Asks for one page after the other, until one of them is not full. `size` is the number of items in a full
 * one.
 */
export const everyPage = async <T>(
  size: number,
  ask: (page: { page: number; per_page: number }) => Promise<readonly T[]>,
): Promise<T[]> => {
  const all: T[] = []
  for (let page = 0; all.length === page * size; page++) all.push(...(await ask({ page, per_page: size })))
  return all
}
