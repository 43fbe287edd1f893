/** Everything that the composer does; `Composer.tsx` shows it. */
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { say } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { whenIdle } from '../../../platform/later.ts'
import { returned } from '../posts/composing.ts'
import { type Attachment, attach, attachmentsAt, mayAttach, showFilesOf } from '../uploads/attachments.ts'
import { apply } from '../writing/apply.ts'
import { isInBlock } from '../writing/code-spans.ts'
import { loadFinder } from './checks.ts'
import { longPaste } from './dialogs.ts'
import { type Sending, useSending } from './use-sending.ts'
import { useWriting, type Writing } from './use-writing.ts'

export type ComposerProps = {
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

type Area = RefObject<HTMLTextAreaElement | null>

export type Composing = {
  area: Area
  writing: Writing
  sending: Sending
  attachments: readonly Attachment[]
  longest: number
  /** So many characters are too many. */
  surplus: number
  sendsByCtrl: boolean
  focus(): void
  addFiles(files: readonly File[]): void
  /** Writes an emoji at the caret. */
  addEmoji(name: string): void
  change(text: string): void
  onKey(event: KeyboardEvent<HTMLTextAreaElement>): boolean
  onLongText(text: string): boolean
}

const NONE: readonly Attachment[] = []

const isSending = (channelId: string, rootId: string): boolean =>
  client.posts.outbox.byChannel
    .one(channelId)
    ?.some((each) => each.rootId === rootId && each.state === 'sending') ?? false

export const useComposer = ({ channelId, rootId = '', takesFocus, editLast }: ComposerProps): Composing => {
  const area = useRef<HTMLTextAreaElement>(null)
  const writing = useWriting(channelId, rootId)
  const { text, place } = writing
  const attachments = useSource(attachmentsAt(place)) ?? NONE
  const longest = Number(useSource(client.settings.config).MaxPostSize) || LONGEST
  // Characters are counted only when there may be too many.
  const surplus = text.length > longest ? Math.max(0, [...text].length - longest) : 0
  const focus = (): void => area.current?.focus()
  const sending = useSending(writing, { channelId, rootId, isTooLong: surplus > 0, done: focus })
  const tellTyping = useTyping(channelId, rootId)
  const sendsByCtrl = useSendsByCtrl()
  useReturned(area, writing, rootId, takesFocus)
  useEffect(() => whenIdle(() => void loadFinder().catch(() => undefined)), [])

  const addFiles = (files: readonly File[]): void => {
    attach(place, files)
    focus()
  }
  const addEmoji = (name: string): void => {
    const element = area.current
    if (!element) return
    const { value, selectionStart: from, selectionEnd: to } = element
    // A name needs a space before it.
    const insert = `${/\S$/.test(value.slice(0, from)) ? ' ' : ''}:${name}: `
    apply(element, { from, to, insert, select: [from + insert.length, from + insert.length] })
  }
  return {
    ...{ area, writing, sending, attachments, longest, surplus, focus, addFiles, addEmoji },
    sendsByCtrl: sendsByCtrl.always,
    change(next) {
      writing.change(next)
      if (sending.problem || sending.isWaiting) sending.forgive()
      if (next.trim() !== '') tellTyping()
    },
    onKey(event) {
      const { value, selectionEnd } = event.currentTarget
      const hasCtrl = event.ctrlKey || event.metaKey
      if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
        const isInCode = sendsByCtrl.inCode && isInBlock(value, selectionEnd)
        const isNewLine = !hasCtrl && (sendsByCtrl.always || isInCode)
        if (!isNewLine) sending.send()
        return !isNewLine
      }
      if (event.key !== 'ArrowUp' || value !== '' || attachments.length > 0) return false
      // The last message is still on its way: the one before it is not meant.
      if (!isSending(channelId, rootId)) editLast()
      return true
    },
    onLongText(pasted) {
      if (pasted.length + text.length <= longest || !mayAttach(channelId)) return false
      offerFile(pasted, longest, area, addFiles)
      return true
    },
  }
}

const offerFile = (
  text: string,
  longest: number,
  area: Area,
  addFiles: (files: readonly File[]) => void,
): void => {
  const file = new File([text], `${say('drafts.longName')}.txt`, { type: 'text/plain' })
  longPaste.open({
    count: text.length,
    longest,
    attach: () => addFiles([file]),
    insert() {
      area.current?.focus()
      document.execCommand('insertText', false, text)
    },
  })
}

/** Puts a text back that could not be sent, and takes the focus. */
const useReturned = (area: Area, writing: Writing, rootId: string, takesFocus: boolean): void => {
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
    if (back || (takesFocus && !matchMedia('(pointer: coarse)').matches && !isUsedBeside(area)))
      area.current?.focus()
  }, [back])
}

/**
 * Does the focus stand in a message beside this composer, or in another field? The composer's code may arrive
 * later than that.
 */
const isUsedBeside = ({ current }: Area): boolean => {
  const active = document.activeElement
  const beside = current?.closest('[data-composer]')?.parentElement
  return (
    active?.closest('input, textarea') != null ||
    (beside?.contains(active?.closest('article') ?? null) ?? false)
  )
}

/** v4's settings: only Ctrl+Enter sends, or Enter begins a line at least inside of code. */
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
