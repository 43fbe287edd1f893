/** The table `action_keys`. */
import type { Db } from '../../../core/db.ts'

/** The key that encrypts action cookies, created on first use. */
export const findActionKey = async (db: Db, made: string): Promise<string> => {
  const find = async () => (await db.row<{ key: string }>('select key from action_keys'))?.key
  const known = await find()
  if (known !== undefined) return known
  await db.run('insert into action_keys (key) values ($1) on conflict do nothing', [made])
  return (await find()) ?? made
}
