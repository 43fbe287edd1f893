import { Play } from 'lucide-react'
import { useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import styles from './Previews.module.css'
import type { Picture } from './shown.ts'

type PictureViewProps = { picture: Picture; href: string; alt?: string }

/** Who wants no motion decides about each moving picture. */
const startsStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/** A picture in a space of its size. It links to its page. */
export const PictureView = ({ picture, href, alt = '' }: PictureViewProps) => {
  const say = useText()
  const [isStill, setStill] = useState(() => picture.isMoving && startsStill())
  const [isLost, setLost] = useState(false)
  const size = { width: picture.width, aspectRatio: `${picture.width} / ${picture.height}` }
  if (isStill)
    return (
      <button type="button" className={styles.still} style={size} onClick={() => setStill(false)}>
        <Play size={20} strokeWidth={1.75} aria-hidden />
        {say('preview.play')}
      </button>
    )
  return (
    <a className={styles.picture} style={size} href={href} target="_blank" rel="noopener noreferrer">
      {isLost ? (
        <span className={styles.lost}>{say('preview.lost')}</span>
      ) : (
        <img
          src={picture.src}
          alt={alt || say('preview.picture')}
          loading="lazy"
          decoding="async"
          onError={() => setLost(true)}
        />
      )}
    </a>
  )
}
