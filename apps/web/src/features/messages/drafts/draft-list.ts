/** All that was begun and not sent, in a team and in conversations. */
import { isEmpty, keyed, type Source, sameList, select, type Written } from '@plausch/client'
import { client } from '../../../platform/client.ts'

export type Begun = { key: string; channelId: string; rootId: string; written: Written; at: number }

/** Where something is written; the latest first. Archived channels are left out, nobody can write there. */
export const draftsIn: (teamId: string) => Source<readonly Begun[]> = keyed((teamId) =>
  select(
    (read) => {
      const keys = new Set([...read(client.drafts.records.ids), ...read(client.drafts.places)])
      return [...keys]
        .flatMap((key): Begun[] => {
          const [channelId = '', rootId = ''] = key.split('/')
          const channel = read(client.channels.described(channelId))
          const written = read(client.drafts.at(channelId, rootId))
          const isHere = channel !== undefined && (channel.team_id === teamId || channel.team_id === '')
          if (!isHere || channel.delete_at > 0 || isEmpty(written)) return []
          // A draft that the server does not have yet is the newest.
          const at = read(client.drafts.records.at(key))?.update_at ?? Number.MAX_SAFE_INTEGER
          return [{ key, channelId, rootId, written, at }]
        })
        .sort((a, b) => b.at - a.at)
    },
    (a, b) =>
      sameList(
        a.map(({ key }) => key),
        b.map(({ key }) => key),
      ) && a.every(({ written }, i) => written === b[i]?.written),
  ),
)

/** How many there are. */
export const countIn: (teamId: string) => Source<number> = keyed((teamId) =>
  select((read) => read(draftsIn(teamId)).length),
)
