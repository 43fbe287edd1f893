import type { FileInfo, Post } from '@plausch/wire'
import { ChevronDown, ChevronRight, Download } from 'lucide-react'
import { memo, Suspense, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { choices, chosen } from '../../../platform/choices.ts'
import { later } from '../../../platform/later.ts'
import { downloadUrl, fileUrl, miniature, previewUrl } from './addresses.ts'
import { viewer } from './dialogs.ts'
import { kindIcon, kindName, kindOf } from './kinds.ts'
import { filesOf } from './known.ts'
import styles from './MessageFiles.module.css'
import { sizeText } from './size.ts'
import { shownSize, snippetHeight, tileWidth } from './sizes.ts'

const Snippet = later(async () => (await import('./Snippet.tsx')).Snippet)

/** Bigger texts are only offered for opening. */
const MOST_SNIPPET = 1_000_000

const isPicture = (file: FileInfo): boolean => kindOf(file) === 'picture'
const isSnippet = (file: FileInfo): boolean => {
  const kind = kindOf(file)
  return (kind === 'text' || kind === 'code') && file.size > 0 && file.size <= MOST_SNIPPET
}

/** The files of a message: pictures first, then everything else in its order. */
export const MessageFiles = memo(({ post }: { post: Post }) => {
  const files = filesOf(post)
  return files.length === 0 ? null : <FileList files={files} />
})

/** Pictures that the reader folded or unfolded, by the first of them, as long as the page is open. */
const wishes = new Map<string, boolean>()

const folds = chosen(choices.foldsPictures)

/** The pictures of a message. Whoever wants them folded can unfold those of each message. */
const Gallery = ({ pictures, all }: { pictures: readonly FileInfo[]; all: readonly FileInfo[] }) => {
  const say = useText()
  const startsFolded = useSource(folds) === 'true'
  const id = pictures[0]?.id ?? ''
  const [wish, setWish] = useState(wishes.get(id))
  const isOpen = !startsFolded || wish === true
  const toggle = (): void => {
    wishes.set(id, !isOpen)
    setWish(!isOpen)
  }
  const Icon = isOpen ? ChevronDown : ChevronRight
  return (
    <>
      {startsFolded && (
        <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={toggle}>
          <Icon size={16} strokeWidth={1.75} aria-hidden />
          <span dir="auto">
            {pictures.length === 1 ? pictures[0]?.name : say('files.pictures', { count: pictures.length })}
          </span>
        </button>
      )}
      {isOpen && (
        <div className={styles.gallery}>
          {pictures.map((file) => (
            <Picture key={file.id} file={file} all={all} isOne={pictures.length === 1} />
          ))}
        </div>
      )}
    </>
  )
}

export const FileList = ({ files }: { files: readonly FileInfo[] }) => {
  const say = useText()
  const pictures = files.filter(isPicture)
  const others = files.filter((file) => !isPicture(file))
  const all = [...pictures, ...others]
  return (
    <div className={styles.files} role="group" aria-label={say('files.list')}>
      {pictures.length > 0 && <Gallery pictures={pictures} all={all} />}
      {others.map((file) => (
        <Other key={file.id} file={file} all={all} />
      ))}
    </div>
  )
}

type FileProps = { file: FileInfo; all: readonly FileInfo[] }

const open = (all: readonly FileInfo[], file: FileInfo): void =>
  viewer.open({ files: all, at: all.indexOf(file) })

const Picture = ({ file, all, isOne }: FileProps & { isOne: boolean }) => {
  const say = useText()
  const { width, height } = shownSize(file)
  const mini = miniature(file)
  const size = isOne ? { width, aspectRatio: `${width} / ${height}` } : { width: tileWidth(file) }
  return (
    <button
      type="button"
      className={styles.picture}
      data-one={isOne ? '' : undefined}
      style={{ ...size, ...(mini && { backgroundImage: `url("${mini}")` }) }}
      aria-label={say('files.open', { name: file.name })}
      aria-haspopup="dialog"
      onClick={() => open(all, file)}
      onPointerEnter={() => void viewer.load()}
    >
      <img src={previewUrl(file)} alt="" loading="lazy" decoding="async" draggable={false} />
    </button>
  )
}

const Other = (props: FileProps) => {
  const { file } = props
  const kind = kindOf(file)
  if (kind === 'video')
    return (
      <figure className={styles.playing}>
        {/* biome-ignore lint/a11y/useMediaCaption: nobody has written captions */}
        <video src={fileUrl(file)} controls preload="metadata" className={styles.video} />
        <Card {...props} />
      </figure>
    )
  if (kind === 'audio')
    return (
      <figure className={styles.playing}>
        <Card {...props} />
        {/* biome-ignore lint/a11y/useMediaCaption: nobody has written captions */}
        <audio src={fileUrl(file)} controls preload="none" className={styles.audio} />
      </figure>
    )
  if (isSnippet(file))
    return (
      <div className={styles.playing} data-text>
        <Card {...props} />
        <Suspense fallback={<div className={styles.snippetSpace} style={{ height: snippetHeight(file) }} />}>
          <Snippet file={file} />
        </Suspense>
      </div>
    )
  return <Card {...props} />
}

/** A file in a line: what it is, how large, and a button that downloads it. */
const Card = ({ file, all }: FileProps) => {
  const say = useText()
  const intl = useIntl()
  const kind = kindOf(file)
  const Icon = kindIcon[kind]
  return (
    <div className={styles.card}>
      <button
        type="button"
        className={styles.main}
        aria-haspopup="dialog"
        onClick={() => open(all, file)}
        onPointerEnter={() => void viewer.load()}
      >
        <Icon size={22} strokeWidth={1.5} aria-hidden />
        <span className={styles.words}>
          <span className={styles.name} dir="auto">
            {file.name}
          </span>
          <span className={styles.note}>
            {say(kindName[kind])} · {sizeText(file.size, intl.locale)}
          </span>
        </span>
      </button>
      <a
        className={styles.download}
        href={downloadUrl(file)}
        download={file.name}
        aria-label={say('files.downloadNamed', { name: file.name })}
        data-tip={say('files.download')}
      >
        <Download size={18} strokeWidth={1.75} aria-hidden />
      </a>
    </div>
  )
}
