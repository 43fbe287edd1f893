import type { OpenGraph, PostImage } from '@plausch/wire'
import type { MetadataPart } from '../posts/index.ts'
import { previewsOfPostSql } from './store.ts'

/** What is behind a link; the first one (0) is shown below the post. */
type Shown = {
  n: number
  url: string
  type: 'opengraph' | 'image' | 'link'
  data: OpenGraph | null
  images: Record<string, PostImage>
}

export const previewsShown: MetadataPart<Shown[]> = {
  name: 'previews',
  sql: previewsOfPostSql,
  shown(previews) {
    const embeds = previews
      .filter(({ n }) => n === 0)
      .map(({ type, url, data }) => ({ type, url, ...(data ? { data } : {}) }))
    // Sizes, so that clients know them before the pictures are there.
    const images: Record<string, PostImage> = Object.assign({}, ...previews.map((each) => each.images))
    return { embeds, ...(Object.keys(images).length > 0 ? { images } : {}) }
  },
}
