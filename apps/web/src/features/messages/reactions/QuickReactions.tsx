import type { Post } from '@plausch/wire'
import { SmilePlus } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { keyName } from '../../../ui/key-name.ts'
import { EmojiSign, spokenEmoji } from '../emoji/EmojiSign.tsx'
import { lookUpUsed, quickEmoji } from '../emoji/recent.ts'
import { mayReact } from './may-react.ts'
import styles from './QuickReactions.module.css'
import { chooseReaction, toggleReaction } from './reacting.ts'

/** The three emoji used last, and the picker, in the toolbar of a message. */
export const QuickReactions = ({ post }: { post: Post }) => {
  const say = useText()
  const names = useSource(quickEmoji('3'))
  const isAllowed = useSource(useMemo(() => mayReact(post), [post]))
  useEffect(() => void lookUpUsed(), [])
  if (!isAllowed) return null
  return (
    <>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          className={styles.quick}
          aria-label={say('reactions.with', { emoji: spokenEmoji(name) })}
          data-tip={`:${name}:`}
          onClick={() => toggleReaction(post.id, name)}
        >
          <EmojiSign name={name} />
        </button>
      ))}
      <IconButton
        icon={SmilePlus}
        label={say('reactions.add')}
        keys={keyName('Plus')}
        onClick={(event) => chooseReaction(post.id, event.currentTarget)}
      />
    </>
  )
}
