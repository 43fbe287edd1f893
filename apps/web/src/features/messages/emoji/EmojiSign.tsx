import { useEffect, useSyncExternalStore } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import { emojiOf, isEmojiLoaded, loadEmoji, onEmojiLoaded } from '../../../ui/emoji/emoji.ts'
import styles from './EmojiSign.module.css'
import { pictureOf } from './picture.ts'

/** An emoji as people see it: its characters, or the picture of a custom one. Screen readers skip it. */
export const EmojiSign = ({ name }: { name: string }) => {
  useSyncExternalStore(onEmojiLoaded, isEmojiLoaded)
  const text = emojiOf(name)
  const isUnknown = text === undefined
  useEffect(() => {
    if (!isUnknown) return
    void loadEmoji()
    client.emoji.ensure([name])
  }, [isUnknown, name])
  const custom = useSource(client.emoji.records.at(name))
  if (text !== undefined) return <span aria-hidden>{text}</span>
  if (!custom) return <span aria-hidden>:{name}:</span>
  return <CustomSign id={custom.id} />
}

/** The picture of a custom emoji. */
export const CustomSign = ({ id, size = 20 }: { id: string; size?: number }) => (
  <img
    className={styles.picture}
    src={pictureOf(id)}
    alt=""
    width={size}
    height={size}
    loading="lazy"
    decoding="async"
  />
)

/** How an emoji is said: screen readers know the names of characters in their own language. */
export const spokenEmoji = (name: string): string => emojiOf(name) ?? name.replaceAll('_', ' ')
