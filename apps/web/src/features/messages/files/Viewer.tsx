import { type FileInfo, files as operations } from '@plausch/wire'
import {
  ChevronLeft,
  ChevronRight,
  Download,
  ExternalLink,
  Globe,
  Link2,
  MessageSquareText,
  X,
  ZoomIn,
  ZoomOut,
} from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Heading } from 'react-aria-components/Heading'
import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { toPost } from '../../../platform/navigation.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { IconButton } from '../../../ui/Button.tsx'
import { ModalFrame } from '../../../ui/ModalFrame.tsx'
import { useHighlight } from '../../../ui/markdown/use-highlight.ts'
import { downloadUrl, fileUrl } from './addresses.ts'
import { kindOf } from './kinds.ts'
import { files, refreshFile } from './known.ts'
import { sizeText } from './size.ts'
import { useFileText } from './use-file-text.ts'
import { useZoom, type Zoom } from './use-zoom.ts'
import styles from './Viewer.module.css'

type ViewerProps = { files: readonly FileInfo[]; at: number; close(): void }

/**
 * A file as it is now. Whoever opens a file of a message that is still being sent gets one that belongs to
 * no message yet.
 */
const useCurrent = (file: FileInfo): FileInfo => {
  const known = useSource(files.at(file.id))
  const current = file.post_id === '' && known ? known : file
  const isUnsent = current.post_id === ''
  const pending = useSource(client.posts.outbox.byChannel.at(file.channel_id))
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of what is pending may have sent it
  useEffect(() => {
    if (isUnsent) refreshFile(file.id)
  }, [file.id, isUnsent, pending])
  return current
}

/** Files as large as the window, one after the other. */
export const Viewer = ({ files: all, at, close }: ViewerProps) => {
  const say = useText()
  const [index, setIndex] = useState(at)
  const file = all[index]
  if (!file) return null
  return (
    <ModalFrame size="full" label={say('files.open', { name: file.name })} isDismissable onClose={close}>
      <Shown file={file} index={index} count={all.length} go={setIndex} close={close} />
    </ModalFrame>
  )
}

type ShownProps = { file: FileInfo; index: number; count: number; go(index: number): void; close(): void }

const copyLink = async (link: string, done: string, failed: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(link)
    notify('done', done)
  } catch {
    // Without HTTPS there is no clipboard.
    notify('failed', failed)
  }
}

const MOVES: Record<string, [x: number, y: number]> = {
  ArrowLeft: [80, 0],
  ArrowRight: [-80, 0],
  ArrowUp: [0, 80],
  ArrowDown: [0, -80],
}

/** What a key does to a picture; tells whether it did anything. */
const zoomByKey = (zoom: Zoom, key: string): boolean => {
  const move = MOVES[key]
  if (key === '+' || key === '=') zoom.zoomIn()
  else if (key === '-') zoom.zoomOut()
  else if (key === '0') zoom.reset()
  else if (move && zoom.view.scale > 1) zoom.move(...move)
  else return false
  return true
}

const isInControls = (target: EventTarget): boolean =>
  target instanceof HTMLElement && target.matches('video, audio, pre')

const Shown = ({ file: opened, index, count, go, close }: ShownProps) => {
  const file = useCurrent(opened)
  const box = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  // The keys work as soon as it is open.
  useEffect(() => box.current?.focus(), [])
  const zoom = useZoom(frame, file.id)
  const kind = kindOf(file)
  const step = (by: number): void => go((index + by + count) % count)

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isInControls(event.target)) return
    const isUsed = kind === 'picture' && zoomByKey(zoom, event.key)
    if (!isUsed && event.key === 'ArrowLeft' && count > 1) step(-1)
    else if (!isUsed && event.key === 'ArrowRight' && count > 1) step(1)
    else if (!isUsed) return
    event.preventDefault()
  }

  return (
    <div
      ref={box}
      className={styles.viewer}
      role="group"
      aria-label={file.name}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <Head
        file={file}
        index={index}
        count={count}
        zoom={kind === 'picture' ? zoom : undefined}
        close={close}
      />
      <div ref={frame} className={styles.frame}>
        <Content file={file} zoom={zoom} />
      </div>
      {count > 1 && <Steps step={step} />}
    </div>
  )
}

const Steps = ({ step }: { step(by: number): void }) => {
  const say = useText()
  return (
    <>
      <span className={styles.previous}>
        <IconButton
          icon={ChevronLeft}
          size={24}
          label={say('files.previous')}
          keys="←"
          onClick={() => step(-1)}
        />
      </span>
      <span className={styles.next}>
        <IconButton
          icon={ChevronRight}
          size={24}
          label={say('files.next')}
          keys="→"
          onClick={() => step(1)}
        />
      </span>
    </>
  )
}

type HeadProps = { file: FileInfo; index: number; count: number; zoom: Zoom | undefined; close(): void }

const Head = ({ file, index, count, zoom, close }: HeadProps) => {
  const say = useText()
  const intl = useIntl()
  const place = count > 1 ? `${say('files.place', { at: index + 1, count })} · ` : ''
  return (
    <header className={styles.head}>
      <div className={styles.titles}>
        <Heading slot="title" level={2} dir="auto">
          {file.name}
        </Heading>
        <p aria-live="polite">
          {place}
          {sizeText(file.size, intl.locale)}
        </p>
      </div>
      {zoom && (
        <>
          <IconButton icon={ZoomOut} label={say('files.zoomOut')} keys="−" onClick={zoom.zoomOut} />
          <button
            type="button"
            className={styles.scale}
            onClick={zoom.reset}
            data-tip={say('files.zoomReset')}
          >
            {intl.formatNumber(zoom.view.scale, { style: 'percent' })}
          </button>
          <IconButton icon={ZoomIn} label={say('files.zoomIn')} keys="+" onClick={zoom.zoomIn} />
        </>
      )}
      {file.post_id !== '' && (
        <IconButton
          icon={MessageSquareText}
          label={say('files.showPost')}
          onClick={() => toPost(file.post_id)}
        />
      )}
      <IconButton
        icon={Link2}
        label={say('files.copyLink')}
        onClick={() =>
          void copyLink(location.origin + fileUrl(file), say('files.linkCopied'), say('post.copyFailed'))
        }
      />
      <PublicLink file={file} />
      <a
        className={styles.link}
        href={downloadUrl(file)}
        download={file.name}
        aria-label={say('files.download')}
        data-tip={say('files.download')}
      >
        <Download size={18} strokeWidth={1.75} aria-hidden />
      </a>
      <IconButton icon={X} label={say('action.close')} keys="Esc" onClick={close} />
    </header>
  )
}

/** A link for people without an account, if the organisation allows that. */
const PublicLink = ({ file }: { file: FileInfo }) => {
  const say = useText()
  const config = useSource(client.settings.config)
  const teamId = useSource(client.channels.described(file.channel_id))?.team_id ?? ''
  const mayShare = useSource(client.roles.permissions(teamId, file.channel_id)).has('get_public_link')
  if (config.EnablePublicLink !== 'true' || !mayShare || file.post_id === '') return null
  const copy = (): Promise<boolean> =>
    attempt(async () => {
      const { link } = await client.call(operations.link, { params: { file_id: file.id } })
      await copyLink(link, say('files.publicLinkCopied'), `${say('post.copyFailed')} ${link}`)
    })
  return <IconButton icon={Globe} label={say('files.copyPublicLink')} onClick={() => void copy()} />
}

const Content = ({ file, zoom }: { file: FileInfo; zoom: Zoom }) => {
  const say = useText()
  switch (kindOf(file)) {
    case 'picture':
      return <Picture file={file} zoom={zoom} />
    case 'video':
      // biome-ignore lint/a11y/useMediaCaption: nobody has written captions
      return <video key={file.id} src={fileUrl(file)} controls autoPlay className={styles.video} />
    case 'audio':
      // biome-ignore lint/a11y/useMediaCaption: nobody has written captions
      return <audio key={file.id} src={fileUrl(file)} controls autoPlay className={styles.audio} />
    case 'text':
    case 'code':
      return <Text file={file} />
    case 'pdf':
      return (
        <div className={styles.told}>
          <p>{say('files.pdfLead')}</p>
          <a className={styles.open} href={fileUrl(file)} target="_blank" rel="noopener">
            <ExternalLink size={18} strokeWidth={1.75} aria-hidden />
            {say('files.openPdf')}
          </a>
        </div>
      )
    default:
      return (
        <div className={styles.told}>
          <p>{say('files.noPreview')}</p>
          <a className={styles.open} href={downloadUrl(file)} download={file.name}>
            <Download size={18} strokeWidth={1.75} aria-hidden />
            {say('files.download')}
          </a>
        </div>
      )
  }
}

const Picture = ({ file, zoom }: { file: FileInfo; zoom: Zoom }) => {
  const [isLoaded, setLoaded] = useState('')
  const { scale, x, y } = zoom.view
  return (
    <>
      {isLoaded !== file.id && <Busy />}
      <img
        key={file.id}
        className={styles.picture}
        src={fileUrl(file)}
        alt={file.name}
        draggable={false}
        data-zoomed={scale > 1 ? '' : undefined}
        style={{ transform: `translate(${x}px, ${y}px) scale(${scale})` }}
        onLoad={() => setLoaded(file.id)}
        onDoubleClick={() => (scale > 1 ? zoom.reset() : zoom.zoomIn())}
        {...zoom.pointer}
      />
    </>
  )
}

const MOST_TEXT = 512 * 1024
/** Colours are for reading, and nobody reads more. */
const MOST_COLOURED = 100_000

const Text = ({ file }: { file: FileInfo }) => {
  const say = useText()
  const content = useFileText(file, MOST_TEXT)
  const code = useRef<HTMLElement>(null)
  const text = content.state === 'ready' ? content.text : ''
  useHighlight(code, kindOf(file) === 'code' && text.length <= MOST_COLOURED ? file.extension : '', text)
  if (content.state === 'loading') return <Busy />
  if (content.state === 'failed') return <p className={styles.told}>{say('files.unreadable')}</p>
  return (
    <div className={styles.text}>
      {content.isCut && <p className={styles.cut}>{say('files.cut')}</p>}
      <pre dir="auto" tabIndex={0} aria-label={file.name} role="region">
        <code ref={code}>{text}</code>
      </pre>
    </div>
  )
}
