/** What is shown below a message of the links in it. */
import type { OpenGraph, PermalinkEmbed, Post, PostEmbed, PostImage } from '@plausch/wire'
import { pictureAddress } from '../../../platform/pictures.ts'

export type Picture = {
  src: string
  /** As it is shown, in pixels. */
  width: number
  height: number
  isMoving: boolean
}

/** A property that official clients set when an author removes a preview. */
const REMOVED = 'remove_link_preview'

export const isRemoved = (post: Post): boolean => post.props[REMOVED] === 'true'

/** The properties of a message without its preview. */
export const withoutPreview = (post: Post): Post['props'] => ({ ...post.props, [REMOVED]: 'true' })

/** The preview of the first link; none for a link that says nothing. */
export const embedOf = (post: Post): PostEmbed | undefined =>
  post.metadata.embeds?.find(
    (embed) =>
      embed.type === 'permalink' ||
      embed.type === 'image' ||
      (embed.type === 'opengraph' && hasWords(embed.data)),
  )

const hasWords = (data: OpenGraph | undefined): boolean => (data?.title ?? '') !== ''

export const hasPreview = (post: Post): boolean =>
  (post.metadata.embeds?.length ?? 0) > 0 && !isRemoved(post) && embedOf(post) !== undefined

/** Scales a size down so that it fits; never up. */
export const fitted = (size: { width: number; height: number }, most: { width: number; height: number }) => {
  const scale = Math.min(1, most.width / size.width, most.height / size.height)
  return { width: Math.round(size.width * scale), height: Math.round(size.height * scale) }
}

/**
 * A picture with the size that it will have, so that nothing moves when it arrives; undefined if its size is
 * unknown, or if only another server has it.
 */
export const pictureOf = (
  url: string,
  images: Record<string, PostImage> | undefined,
  most: { width: number; height: number },
): Picture | undefined => {
  const known = images?.[url]
  const src = pictureAddress(url)
  if (!known || known.width < 1 || known.height < 1 || src === undefined) return undefined
  return { src, isMoving: known.frame_count > 1, ...fitted(known, most) }
}

export type Permalink = PermalinkEmbed['data']
