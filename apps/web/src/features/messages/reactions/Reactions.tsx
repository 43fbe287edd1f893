import { select } from '@plausch/client'
import type { Post } from '@plausch/wire'
import { SmilePlus } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { EmojiSign, spokenEmoji } from '../emoji/EmojiSign.tsx'
import { type ReactionGroup, reactionGroups } from './groups.ts'
import { mayReact } from './may-react.ts'
import styles from './Reactions.module.css'

/** Does it when its code is there. */
const later = (work: (reacting: typeof import('./reacting.ts')) => void): void =>
  void attempt(async () => work(await import('./reacting.ts')))

/** The reactions below a message: a press adds or removes the reader's own. */
export const Reactions = ({ post }: { post: Post }) => {
  const say = useText()
  const me = useSource(client.myId)
  const isAllowed = useSource(useMemo(() => mayReact(post), [post]))
  const { reactions = [] } = post.metadata
  const groups = useMemo(() => reactionGroups(reactions, me), [reactions, me])
  useEffect(() => client.users.ensure(groups.flatMap(({ userIds }) => userIds.slice(0, NAMED))), [groups])

  return (
    <div className={styles.reactions} role="group" aria-label={say('reactions.title')}>
      {groups.map((group) => (
        <Chip key={group.name} postId={post.id} group={group} isAllowed={isAllowed} />
      ))}
      {isAllowed && (
        <button
          type="button"
          className={styles.add}
          aria-label={say('reactions.add')}
          data-tip={say('reactions.add')}
          onClick={({ currentTarget }) =>
            later(({ chooseReaction }) => chooseReaction(post.id, currentTarget))
          }
        >
          <SmilePlus size={16} strokeWidth={1.75} aria-hidden />
        </button>
      )}
    </div>
  )
}

/** So many of those who reacted are named. */
const NAMED = 12

type ChipProps = { postId: string; group: ReactionGroup; isAllowed: boolean }

const Chip = ({ postId, group: { name, userIds, isOwn }, isAllowed }: ChipProps) => {
  const say = useText()
  const who = useNames(userIds)
  const values = { emoji: spokenEmoji(name), count: userIds.length, who }
  return (
    <button
      type="button"
      className={styles.chip}
      aria-pressed={isOwn}
      aria-label={say('reactions.chip', values)}
      data-tip={say('reactions.who', { who, name })}
      data-post-reaction={name}
      aria-disabled={!isAllowed || undefined}
      onClick={() => isAllowed && later(({ toggleReaction }) => toggleReaction(postId, name))}
    >
      <EmojiSign name={name} />
      <span aria-hidden className={styles.count}>
        {userIds.length}
      </span>
    </button>
  )
}

/** "You, Ada and 3 others". The reader comes first. */
const useNames = (userIds: readonly string[]): string => {
  const say = useText()
  const intl = useIntl()
  const names = useSource(
    useMemo(
      () =>
        select(
          (read) => {
            const me = read(client.myId)
            const others = userIds.filter((id) => id !== me).slice(0, NAMED)
            const known = others.map((id) => read(personName(id))).filter(Boolean)
            return { isMine: userIds.includes(me), known: known.join('\n') }
          },
          (a, b) => a.isMine === b.isMine && a.known === b.known,
        ),
      [userIds],
    ),
  )
  const known = names.known === '' ? [] : names.known.split('\n')
  const shown = [...(names.isMine ? [say('reactions.you')] : []), ...known]
  const rest = userIds.length - shown.length
  return intl.formatList(rest > 0 ? [...shown, say('reactions.others', { count: rest })] : shown)
}
