/** How many threads a person has not read. */
import { keyed, type Source, sameFields, select } from '../../source.ts'
import type { ThreadLists } from './lists.ts'

export type UnreadThreads = { unread: number; mentions: number }

const NONE: UnreadThreads = { unread: 0, mentions: 0 }

export const threadSums = ({ records, byTeam }: ThreadLists) => {
  /** Those of conversations, which the lists of all teams contain. */
  const direct: Source<UnreadThreads> = select((read) => {
    const sum = { ...NONE }
    for (const id of read(records.ids)) {
      const thread = read(records.at(id))
      if (!thread?.is_following || thread.team_id !== '' || thread.delete_at > 0) continue
      if (thread.unread_replies > 0) sum.unread += 1
      sum.mentions += thread.unread_mentions
    }
    return sum
  }, sameFields)

  return {
    /** Unread threads of the channels of a loaded team; for '', those of conversations. */
    unreadIn: keyed((teamId: string) =>
      teamId === ''
        ? direct
        : select((read): UnreadThreads => {
            const team = read(byTeam.at(teamId))
            const { unread, mentions } = read(direct)
            if (!team) return NONE
            return {
              unread: Math.max(0, team.unread - unread),
              mentions: Math.max(0, team.mentions - mentions),
            }
          }, sameFields),
    ),
  }
}
