import { Paperclip, Smile, Type, X } from 'lucide-react'
import { Suspense, useId, useRef, useState } from 'react'
import { storage } from '../../../browser/storage.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { partsOf } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Markdown } from '../../../ui/markdown/Markdown.tsx'
import { emojiPopover, prefetchPicker } from '../emoji/picker.ts'
import { TypingLine } from '../posts/TypingLine.tsx'
import { mayAttach } from '../uploads/attachments.ts'
import { useDrop } from '../uploads/use-drop.ts'
import { WritingField } from '../writing/WritingField.tsx'
import styles from './Composer.module.css'
import { shownPriority } from './priority.ts'
import { SendButtons } from './SendButtons.tsx'
import { type ComposerProps, type Composing, useComposer } from './use-composer.ts'

const FormattingBar = later(async () => (await import('../writing/FormattingBar.tsx')).FormattingBar)
const Attachments = later(async () => (await import('../uploads/Attachments.tsx')).Attachments)

/** Where people write a message: in a channel, or in a thread. */
export const Composer = (props: ComposerProps) => {
  const { channelId, rootId = '', placeholder } = props
  const problemId = useId()
  const place = useRef<HTMLDivElement>(null)
  const composing = useComposer(props)
  const { area, writing, attachments, focus } = composing
  const { text, priority } = writing
  const over = useDrop(place, composing.addFiles)
  const formatting = useFormatting(focus)
  const { isPreview } = formatting
  const hasProblem = composing.surplus > 0 || composing.sending.problem !== undefined

  return (
    <div ref={place} className={styles.place} data-landmark>
      {over && <DropTarget over={over} label={placeholder} />}
      <div className={styles.box}>
        {formatting.isOn && (
          <Suspense fallback={<div className={styles.bar} />}>
            <FormattingBar area={area} isPreview={isPreview} setPreview={formatting.setPreview} />
          </Suspense>
        )}
        {priority && (
          <Priority labels={shownPriority(priority)} remove={() => writing.setPriority(undefined)} />
        )}
        {isPreview && <Preview text={text} />}
        <div className={styles.row}>
          <div className={styles.field} hidden={isPreview}>
            <WritingField
              area={area}
              label={placeholder}
              placeholder={placeholder}
              value={text}
              channelId={channelId}
              rootId={rootId}
              describedBy={hasProblem ? problemId : undefined}
              onChange={composing.change}
              onKey={composing.onKey}
              onFiles={composing.addFiles}
              onLongText={composing.onLongText}
            />
          </div>
          <Tools channelId={channelId} rootId={rootId} composing={composing} formatting={formatting} />
        </div>
        {attachments.length > 0 && (
          <Suspense fallback={null}>
            <Attachments place={writing.place} attachments={attachments} emptied={focus} />
          </Suspense>
        )}
      </div>
      {hasProblem ? (
        <Problem id={problemId} composing={composing} />
      ) : composing.sending.isWaiting ? (
        <Waiting cancel={composing.sending.forgive} />
      ) : (
        <TypingLine placeId={rootId || channelId} />
      )}
    </div>
  )
}

type Formatting = {
  isOn: boolean
  isPreview: boolean
  toggle(): void
  setPreview(isPreview: boolean): void
}

const FORMATTING = 'formatting'

/** Whether the bar is shown is remembered on this device. */
const useFormatting = (focus: () => void): Formatting => {
  const [isOn, setOn] = useState(() => storage.get(FORMATTING) === 'true')
  const [isPreview, setPreview] = useState(false)
  return {
    ...{ isOn, isPreview, setPreview },
    toggle() {
      storage.set(FORMATTING, String(!isOn))
      setOn(!isOn)
      setPreview(false)
      focus()
    },
  }
}

type ToolsProps = { channelId: string; rootId: string; composing: Composing; formatting: Formatting }

/** The buttons at the end of the field. */
const Tools = ({ channelId, rootId, composing, formatting }: ToolsProps) => {
  const say = useText()
  const { writing, sending, attachments, surplus } = composing
  const isEmpty = writing.text.trim() === '' && attachments.length === 0
  return (
    <div className={styles.tools}>
      <FileButton channelId={channelId} onFiles={composing.addFiles} />
      <IconButton
        icon={Type}
        label={say('writing.formatting')}
        aria-pressed={formatting.isOn}
        onClick={formatting.toggle}
      />
      <IconButton
        icon={Smile}
        label={say('emoji.picker')}
        aria-haspopup="dialog"
        onPointerEnter={() => void prefetchPicker().catch(() => undefined)}
        onClick={({ currentTarget }) =>
          emojiPopover.open({ anchor: currentTarget, choose: composing.addEmoji })
        }
      />
      {partsOf('composerParts').map((Part, i) => (
        <Part key={i} channelId={channelId} rootId={rootId} />
      ))}
      <SendButtons
        rootId={rootId}
        isEmpty={isEmpty || surplus > 0}
        sendsByCtrl={composing.sendsByCtrl}
        priority={writing.priority}
        setPriority={writing.setPriority}
        send={sending.send}
        schedule={(at) => attempt(() => sending.schedule(at))}
      />
    </div>
  )
}

/** Why the message cannot be sent, or why a command did not run. */
const Problem = ({ id, composing }: { id: string; composing: Composing }) => {
  const say = useText()
  const { surplus, longest, sending } = composing
  return (
    <p className={styles.problem} id={id} role="alert">
      <span>{surplus > 0 ? say('composer.tooLong', { surplus, longest }) : sending.problem?.text}</span>
      {surplus === 0 && sending.problem?.isUnknown && (
        <Button kind="quiet" onClick={sending.sendAsMessage}>
          {say('drafts.sendAsMessage')}
        </Button>
      )}
    </p>
  )
}

/** The message waits for its files. */
const Waiting = ({ cancel }: { cancel(): void }) => {
  const say = useText()
  return (
    <p className={styles.waiting} role="status">
      <span>{say('uploads.sendsLater')}</span>
      <Button kind="quiet" onClick={cancel}>
        {say('uploads.sendNot')}
      </Button>
    </p>
  )
}

const Preview = ({ text }: { text: string }) => {
  const say = useText()
  return (
    <div className={styles.preview} role="region" aria-label={say('writing.preview')} tabIndex={0}>
      <Markdown owner={{ text }} text={text} />
    </div>
  )
}

const Priority = ({ labels, remove }: { labels: ReturnType<typeof shownPriority>; remove(): void }) => {
  const say = useText()
  return (
    <p className={styles.priority}>
      <span>{labels.map((label) => say(label)).join(' · ')}</span>
      <IconButton icon={X} size={16} label={say('drafts.noPriority')} onClick={remove} />
    </p>
  )
}

const FileButton = ({ channelId, onFiles }: { channelId: string; onFiles(files: readonly File[]): void }) => {
  const say = useText()
  const input = useRef<HTMLInputElement>(null)
  if (!mayAttach(channelId)) return null
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={say('uploads.attach')}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          // The same file can be chosen again.
          target.value = ''
        }}
      />
      <IconButton icon={Paperclip} label={say('uploads.attach')} onClick={() => input.current?.click()} />
    </>
  )
}

/** Shows where files can be dropped. */
const DropTarget = ({ over, label }: { over: DOMRect; label: string }) => {
  const say = useText()
  const { left, top, width, height } = over
  return (
    <div className={styles.drop} style={{ left, top, width, height }}>
      <p>
        <strong>{say('uploads.drop')}</strong>
        {label}
      </p>
    </div>
  )
}
