import type { Post, PostImage } from '@plausch/wire'
import { Markdown, MarkdownLine } from '../../../ui/markdown/Markdown.tsx'
import { Fold } from '../../messages/posts/Fold.tsx'
import { PictureView } from '../../messages/previews/PictureView.tsx'
import { pictureOf } from '../../messages/previews/shown.ts'
import { Actions } from './Actions.tsx'
import styles from './Attachments.module.css'
import { type Attachment, attachmentsOf, type Field } from './attachments.ts'

const IMAGE = { width: 400, height: 300 }
const THUMB = { width: 80, height: 80 }

/** What integrations attach to their messages. */
export const Attachments = ({ post }: { post: Post }) =>
  attachmentsOf(post).map((attachment, i) => (
    <AttachmentView key={i} id={`${post.id}/${i}`} post={post} attachment={attachment} />
  ))

type AttachmentViewProps = { id: string; post: Post; attachment: Attachment }

const AttachmentView = ({ id, post, attachment }: AttachmentViewProps) => {
  const { color, pretext, text, fields, footer, actions } = attachment
  const isWord = color !== '' && !color.startsWith('#')
  return (
    <div className={styles.attachment}>
      {pretext && <Markdown owner={partOf(attachment, 'pretext')} text={pretext} />}
      <div
        className={styles.box}
        data-color={isWord ? color : undefined}
        style={isWord || color === '' ? undefined : { borderInlineStartColor: color }}
      >
        <div className={styles.words}>
          <Head attachment={attachment} />
          {text && (
            <Fold id={id} text={text}>
              <Markdown owner={partOf(attachment, 'text')} text={text} />
            </Fold>
          )}
          {fields.length > 0 && <Fields fields={fields} />}
          <Image url={attachment.image} images={post.metadata.images} most={IMAGE} alt={attachment.title} />
          {footer && <p className={styles.soft}>{footer}</p>}
          {actions.length > 0 && <Actions post={post} actions={actions} />}
        </div>
        <Image url={attachment.thumb} images={post.metadata.images} most={THUMB} alt={attachment.title} />
      </div>
    </div>
  )
}

/** Each text of an attachment is parsed once: the tree belongs to an object of its own. */
const owners = new WeakMap<Attachment, Map<string, object>>()
const partOf = (attachment: Attachment, name: string): object => {
  const known = owners.get(attachment) ?? new Map<string, object>()
  owners.set(attachment, known)
  const owner = known.get(name) ?? {}
  known.set(name, owner)
  return owner
}

const Head = ({ attachment: { author, authorLink, title, titleLink } }: { attachment: Attachment }) => (
  <>
    {author && (
      <p className={styles.soft} dir="auto">
        <Linked href={authorLink}>{author}</Linked>
      </p>
    )}
    {title && (
      <p className={styles.title} dir="auto">
        {titleLink ? <Linked href={titleLink}>{title}</Linked> : <MarkdownLine text={title} />}
      </p>
    )}
  </>
)

const Linked = ({ href, children }: { href: string; children: string }) =>
  href === '' ? (
    children
  ) : (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )

const Fields = ({ fields }: { fields: readonly Field[] }) => (
  <dl className={styles.fields}>
    {fields.map(({ title, value, isShort }, i) => (
      <div key={i} data-short={isShort ? '' : undefined}>
        <dt dir="auto">{title}</dt>
        <dd dir="auto">
          <MarkdownLine text={value} />
        </dd>
      </div>
    ))}
  </dl>
)

type ImageProps = {
  url: string
  images: Record<string, PostImage> | undefined
  most: { width: number; height: number }
  alt: string
}

/** A picture whose size the server knows and that it passes on; otherwise a link to it. */
const Image = ({ url, images, most, alt }: ImageProps) => {
  if (url === '') return null
  const picture = pictureOf(url, images, most)
  if (picture) return <PictureView picture={picture} href={url} alt={alt} />
  return most === THUMB ? null : (
    <p className={styles.soft}>
      <Linked href={url}>{alt || url}</Linked>
    </p>
  )
}
