import type { Post } from '@plausch/wire'
import { Paperclip, Type, X } from 'lucide-react'
import { type KeyboardEvent, Suspense, useEffect, useId, useRef, useState } from 'react'
import { storage } from '../../../browser/storage.ts'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { partsOf } from '../../../platform/feature.ts'
import { later, whenIdle } from '../../../platform/later.ts'
import { personName } from '../../../platform/names.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Markdown } from '../../../ui/markdown/Markdown.tsx'
import { summary } from '../../../ui/markdown/summary.ts'
import { replyingTo, returned } from '../posts/composing.ts'
import { TypingLine } from '../posts/TypingLine.tsx'
import { attach, attachmentsAt, mayAttach, showFilesOf } from '../uploads/attachments.ts'
import { useDrop } from '../uploads/use-drop.ts'
import { isInBlock } from '../writing/code-spans.ts'
import { WritingField } from '../writing/WritingField.tsx'
import styles from './Composer.module.css'
import { loadFinder } from './checks.ts'
import { longPaste } from './dialogs.ts'
import { shownPriority } from './priority.ts'
import { SendButtons } from './SendButtons.tsx'
import { useSending } from './use-sending.ts'
import { useWriting } from './use-writing.ts'

type ComposerProps = {
  channelId: string
  /** The root of a thread; '' or nothing in a channel. */
  rootId?: string
  placeholder: string
  /** It takes the focus when it appears. */
  takesFocus: boolean
  /** Starts editing the person's last message here. */
  editLast(): void
}

/** v4's limit, if the server sends none. */
const LONGEST = 16_383
const FORMATTING = 'formatting'

const FormattingBar = later(async () => (await import('../writing/FormattingBar.tsx')).FormattingBar)
const Attachments = later(async () => (await import('../uploads/Attachments.tsx')).Attachments)

const stopReplying = (): void => replyingTo.set(undefined)

/** Where people write a message: in a channel, or in a thread. */
export const Composer = ({ channelId, rootId = '', placeholder, takesFocus, editLast }: ComposerProps) => {
  const say = useText()
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const writing = useWriting(channelId, rootId)
  const { text, priority } = writing
  const attachments = useSource(attachmentsAt(writing.place)) ?? []
  const reply = useReply(channelId, rootId, area)
  const longest = Number(useSource(client.settings.config).MaxPostSize) || LONGEST
  // Characters are counted only when there may be too many.
  const surplus = text.length > longest ? [...text].length - longest : 0
  const target = reply ? reply.root_id || reply.id : rootId
  const focus = (): void => area.current?.focus()
  const sending = useSending(writing, {
    channelId,
    rootId: target,
    isTooLong: surplus > 0,
    done() {
      stopReplying()
      focus()
    },
  })
  const tellTyping = useTyping(channelId, target)
  const addFiles = (files: readonly File[]): void => {
    attach(writing.place, files)
    focus()
  }
  const over = useDrop(place, addFiles)
  const sendsByCtrl = useSendsByCtrl()
  const [isFormatting, setFormatting] = useState(() => storage.get(FORMATTING) === 'true')
  const [isPreview, setPreview] = useState(false)
  useReturned(writing, rootId, focus, takesFocus)
  useEffect(() => whenIdle(() => void loadFinder().catch(() => undefined)), [])

  const change = (next: string): void => {
    writing.change(next)
    if (sending.problem) sending.forgive()
    if (next.trim() !== '') tellTyping()
  }

  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    const { value, selectionEnd } = event.currentTarget
    const hasCtrl = event.ctrlKey || event.metaKey
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      const isNewLine =
        !hasCtrl && (sendsByCtrl.always || (sendsByCtrl.inCode && isInBlock(value, selectionEnd)))
      if (!isNewLine) sending.send()
      return !isNewLine
    }
    if (event.key === 'ArrowUp' && value === '' && attachments.length === 0) editLast()
    else if (event.key === 'Escape' && reply) stopReplying()
    else return false
    return true
  }

  const onLongText = (pasted: string): boolean => {
    if (pasted.length + text.length <= longest || !mayAttach(channelId)) return false
    const file = new File([pasted], `${say('drafts.longName')}.txt`, { type: 'text/plain' })
    longPaste.open({
      count: pasted.length,
      longest,
      attach: () => addFiles([file]),
      insert() {
        focus()
        document.execCommand('insertText', false, pasted)
      },
    })
    return true
  }

  const toggleFormatting = (): void => {
    storage.set(FORMATTING, String(!isFormatting))
    setFormatting(!isFormatting)
    setPreview(false)
    focus()
  }
  const isEmpty = text.trim() === '' && attachments.length === 0
  const hasProblem = surplus > 0 || sending.problem !== undefined

  return (
    <div ref={place} className={styles.place} data-landmark>
      {over && <DropTarget over={over} label={placeholder} />}
      {reply && <Reply post={reply} stop={stopReplying} />}
      <div className={styles.box} data-reply={reply ? '' : undefined}>
        {isFormatting && (
          <Suspense fallback={<div className={styles.bar} />}>
            <FormattingBar area={area} isPreview={isPreview} setPreview={setPreview} />
          </Suspense>
        )}
        {priority && (
          <Priority labels={shownPriority(priority)} remove={() => writing.setPriority(undefined)} />
        )}
        {isPreview && (
          <div className={styles.preview} role="region" aria-label={say('writing.preview')} tabIndex={0}>
            <Markdown owner={{ text }} text={text} />
          </div>
        )}
        <div className={styles.row}>
          <div className={styles.field} hidden={isPreview}>
            <WritingField
              area={area}
              label={placeholder}
              placeholder={placeholder}
              value={text}
              channelId={channelId}
              rootId={target}
              describedBy={hasProblem ? `${id}-problem` : undefined}
              onChange={change}
              onKey={onKey}
              onFiles={addFiles}
              onLongText={onLongText}
            />
          </div>
          <div className={styles.tools}>
            <FileButton channelId={channelId} onFiles={addFiles} />
            <IconButton
              icon={Type}
              label={say('writing.formatting')}
              aria-pressed={isFormatting}
              onClick={toggleFormatting}
            />
            {partsOf('composerParts').map((Part, i) => (
              <Part key={i} channelId={channelId} rootId={rootId} />
            ))}
            <SendButtons
              rootId={target}
              isEmpty={isEmpty || surplus > 0}
              sendsByCtrl={sendsByCtrl.always}
              priority={priority}
              setPriority={writing.setPriority}
              send={sending.send}
              schedule={(at) => attempt(() => sending.schedule(at))}
            />
          </div>
        </div>
        {attachments.length > 0 && (
          <Suspense fallback={null}>
            <Attachments place={writing.place} attachments={attachments} emptied={focus} />
          </Suspense>
        )}
      </div>
      {hasProblem ? (
        <p className={styles.problem} id={`${id}-problem`} role="alert">
          <span>{surplus > 0 ? say('composer.tooLong', { surplus, longest }) : sending.problem?.text}</span>
          {surplus <= 0 && sending.problem?.isUnknown && (
            <Button kind="quiet" onClick={sending.sendAsMessage}>
              {say('drafts.sendAsMessage')}
            </Button>
          )}
        </p>
      ) : rootId === '' ? (
        <TypingLine channelId={channelId} />
      ) : (
        <div className={styles.gap} />
      )}
    </div>
  )
}

/** The message that the next one answers; in a thread every message answers its root. */
const useReply = (
  channelId: string,
  rootId: string,
  area: React.RefObject<HTMLTextAreaElement | null>,
): Post | undefined => {
  const answered = useSource(replyingTo)
  const reply = rootId === '' && answered?.channel_id === channelId ? answered : undefined
  useEffect(() => {
    if (reply) area.current?.focus()
  }, [reply, area])
  return reply
}

/** Puts a text back that could not be sent, and takes the focus. */
const useReturned = (
  writing: ReturnType<typeof useWriting>,
  rootId: string,
  focus: () => void,
  takesFocus: boolean,
): void => {
  const given = useSource(returned)
  const back = (given?.rootId ?? '') === rootId ? given : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs once per returned text
  useEffect(() => {
    if (back && writing.now() === '') {
      writing.change(back.text)
      if (back.fileIds) showFilesOf(writing.place, back.fileIds)
    }
    if (back) returned.set(undefined)
    // On a touch screen, the focus would open the on-screen keyboard over half the page.
    if (back || (takesFocus && !matchMedia('(pointer: coarse)').matches)) focus()
  }, [back])
}

/** v4's settings: Ctrl+Enter always sends, or only where Enter begins a line of code. */
const useSendsByCtrl = (): { always: boolean; inCode: boolean } => {
  const always = useSource(client.preferences.at('advanced_settings', 'send_on_ctrl_enter'))
  const inCode = useSource(client.preferences.at('advanced_settings', 'code_block_ctrl_enter'))
  return { always: always?.value === 'true', inCode: inCode?.value !== 'false' }
}

/** Tells the others that somebody writes, now and then. */
const useTyping = (channelId: string, rootId: string): (() => void) => {
  const told = useRef(0)
  return () => {
    const config = client.settings.config.get()
    const every = Number(config.TimeBetweenUserTypingUpdatesMilliseconds) || 5000
    if (config.EnableUserTypingMessages === 'false' || Date.now() - told.current < every) return
    told.current = Date.now()
    client.socket.tell('user_typing', { channel_id: channelId, parent_id: rootId })
  }
}

const Reply = ({ post, stop }: { post: Post; stop(): void }) => {
  const say = useText()
  const name = useSource(personName(post.user_id))
  return (
    <div className={styles.reply}>
      <span>
        {say('composer.replyTo', { name })} <q dir="auto">{summary(post.message, 160)}</q>
      </span>
      <IconButton icon={X} label={say('composer.stopReply')} keys="Esc" onClick={stop} />
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
