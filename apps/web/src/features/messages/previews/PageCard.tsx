import type { OpenGraph, PostImage } from '@plausch/wire'
import { PictureView } from './PictureView.tsx'
import styles from './Previews.module.css'
import { pictureOf } from './shown.ts'

type PageCardProps = { url: string; page: OpenGraph; images: Record<string, PostImage> | undefined }

const LARGE = { width: 360, height: 200 }

const hostOf = (url: string): string => URL.parse(url)?.host.replace(/^www\./, '') ?? ''

/** What a page says about itself. */
export const PageCard = ({ url, page, images }: PageCardProps) => {
  const picture = page.images
    .map((image) => pictureOf(image.secure_url || image.url, images, LARGE))
    .find((each) => each !== undefined)
  return (
    <div className={styles.card}>
      <p className={styles.site} dir="auto">
        {page.site_name || hostOf(url)}
      </p>
      <p className={styles.title} dir="auto">
        <a href={url} target="_blank" rel="noopener noreferrer">
          {page.title}
        </a>
      </p>
      {page.description && (
        <p className={styles.words} dir="auto">
          {page.description}
        </p>
      )}
      {picture && <PictureView picture={picture} href={url} alt={page.title} />}
    </div>
  )
}
