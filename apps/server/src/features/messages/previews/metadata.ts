import type { OpenGraph, PostImage } from '@plausch/wire'
import type { MetadataPart } from '../posts/index.ts'
import { previewsOfPostSql } from './store.ts'

/** The preview of a link. Clients show that of the first link (0) below the post. */
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
    // Clients need the sizes before they have loaded the pictures.
    const images: Record<string, PostImage> = Object.assign({}, ...previews.map((each) => each.images))
    return { embeds, ...(Object.keys(images).length > 0 ? { images } : {}) }
  },
}
