import { type Post, posts } from '@plausch/wire'
import { ChevronDown, ChevronRight, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { choices, chosen } from '../../../platform/choices.ts'
import { client } from '../../../platform/client.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { LinkedPost } from './LinkedPost.tsx'
import { PageCard } from './PageCard.tsx'
import { PictureView } from './PictureView.tsx'
import styles from './Previews.module.css'
import { embedOf, hasPreview, pictureOf, withoutPreview } from './shown.ts'

/** Previews that the reader opened or closed, as long as the page is open. */
const wishes = new Map<string, boolean>()

const closes = chosen(choices.foldsPictures)
const links = chosen(choices.linkPreviews)

const PICTURE = { width: 400, height: 300 }

const remove = (post: Post): Promise<boolean> =>
  attempt(async () => {
    const body = { props: withoutPreview(post) }
    client.posts.put(await client.call(posts.patch, { params: { post_id: post.id }, body }))
  })

/** What a message links to: a page, a picture, another message. */
export const Previews = ({ post }: { post: Post }) => {
  const isOn = useSource(links) !== 'false'
  const embed = hasPreview(post) ? embedOf(post) : undefined
  if (!embed) return null
  if (embed.type === 'permalink') return <LinkedPost linked={embed.data} />
  if (!isOn) return null
  if (embed.type === 'image') {
    const picture = pictureOf(embed.url, post.metadata.images, PICTURE)
    return picture ? (
      <Foldable post={post}>
        <PictureView picture={picture} href={embed.url} />
      </Foldable>
    ) : null
  }
  return embed.data ? (
    <Foldable post={post}>
      <PageCard url={embed.url} page={embed.data} images={post.metadata.images} />
    </Foldable>
  ) : null
}

type FoldableProps = { post: Post; children: ReactNode }

/** Readers can close a preview, its author can remove it for all. */
const Foldable = ({ post, children }: FoldableProps) => {
  const say = useText()
  const startsClosed = useSource(closes) === 'true'
  const isOwn = useSource(client.myId) === post.user_id
  const [wish, setWish] = useState(wishes.get(post.id))
  const isOpen = wish ?? !startsClosed
  const toggle = (): void => {
    wishes.set(post.id, !isOpen)
    setWish(!isOpen)
  }
  return (
    <div className={styles.preview}>
      {isOpen && children}
      <span className={styles.buttons}>
        <IconButton
          icon={isOpen ? ChevronDown : ChevronRight}
          size={16}
          label={say(isOpen ? 'preview.close' : 'preview.open')}
          aria-expanded={isOpen}
          onClick={toggle}
        />
        {isOwn && (
          <IconButton icon={X} size={16} label={say('preview.remove')} onClick={() => void remove(post)} />
        )}
      </span>
    </div>
  )
}
