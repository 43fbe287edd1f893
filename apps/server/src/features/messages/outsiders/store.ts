import type { Db } from '../../../core/db.ts'

/** Groups with these names that can be mentioned, and of which nobody is in the channel. */
export const groupsWithoutMembers = async (
  db: Db,
  channelId: string,
  names: readonly string[],
): Promise<string[]> =>
  (
    await db.rows<{ name: string }>(
      `select g.name from groups g where g.name = any($2::text[]) and g.delete_at = 0 and g.allow_reference
         and not exists (
           select from group_members m join channel_members c on c.channel_id = $1 and c.user_id = m.user_id
           where m.group_id = g.id)
       order by g.name`,
      [channelId, names],
    )
  ).map(({ name }) => name)
