import type { Post } from '@plausch/wire'
import { SendHorizontal, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { GrowingText } from '../../../ui/GrowingText.tsx'
import { summary } from '../../../ui/markdown/summary.ts'
import styles from './Composer.module.css'
import { NameSuggestions, useSuggestions } from './NameSuggestions.tsx'
import { TypingLine } from './TypingLine.tsx'

type ComposerProps = {
  channelId: string
  placeholder: string
  replyingTo: Post | undefined
  stopReplying(): void
  /** Starts editing the person's last message. */
  editLast(): void
  /** The channel was opened without a target message, so the text field takes the focus. */
  takesFocus: boolean
  /** Text that could not be sent, back for editing. */
  returned: { text: string } | undefined
}

/** v4's limit, if the server sends none. */
const LONGEST = 16_383
const SAVE_AFTER_MS = 300

const keepDraft = (channelId: string, message: string): void =>
  client.drafts.write(channelId, '', { message, fileIds: [] })

export const Composer = ({
  channelId,
  placeholder,
  replyingTo,
  stopReplying,
  editLast,
  takesFocus,
  returned,
}: ComposerProps) => {
  const say = useText()
  const config = useSource(client.settings.config)
  const [text, setText] = useState(() => client.drafts.read(channelId).message)
  const area = useRef<HTMLTextAreaElement>(null)
  const saving = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef(text)
  const told = useRef(0)
  const longest = Number(config.MaxPostSize) || LONGEST
  const surplus = [...text].length - longest
  const suggestions = useSuggestions(channelId, area, text, change)

  // Saves the typed text no later than when the channel is left.
  useEffect(() => {
    const keep = (): void => {
      clearTimeout(saving.current)
      keepDraft(channelId, latest.current)
    }
    window.addEventListener('pagehide', keep)
    return () => {
      window.removeEventListener('pagehide', keep)
      keep()
    }
  }, [channelId])

  useEffect(() => {
    if (replyingTo) area.current?.focus()
  }, [replyingTo])

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs once per returned text
  useEffect(() => {
    if (returned && latest.current === '') change(returned.text)
    // On a touch screen, the focus would open the on-screen keyboard over half the page.
    if (returned || (takesFocus && !matchMedia('(pointer: coarse)').matches)) area.current?.focus()
  }, [returned])

  function change(next: string): void {
    latest.current = next
    setText(next)
    clearTimeout(saving.current)
    saving.current = setTimeout(() => keepDraft(channelId, next), SAVE_AFTER_MS)
    tellTyping(next)
  }

  const tellTyping = (next: string): void => {
    const every = Number(config.TimeBetweenUserTypingUpdatesMilliseconds) || 5000
    const isOn = config.EnableUserTypingMessages !== 'false'
    if (!isOn || next.trim() === '' || Date.now() - told.current < every) return
    told.current = Date.now()
    client.socket.tell('user_typing', {
      channel_id: channelId,
      parent_id: replyingTo?.root_id || replyingTo?.id || '',
    })
  }

  const send = (): void => {
    const message = text.trim()
    if (message === '' || surplus > 0) return
    client.posts.outbox.send(channelId, message, replyingTo ? replyingTo.root_id || replyingTo.id : '')
    told.current = 0
    change('')
    keepDraft(channelId, '')
    stopReplying()
    area.current?.focus()
  }

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (suggestions.onKeyDown(event)) return
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) send()
    else if (event.key === 'ArrowUp' && text === '') editLast()
    else if (event.key === 'Escape' && replyingTo) stopReplying()
    else return
    event.preventDefault()
  }

  return (
    <div className={styles.place} data-landmark>
      {replyingTo && <Reply post={replyingTo} stop={stopReplying} />}
      <div className={styles.box} data-reply={replyingTo ? '' : undefined}>
        <NameSuggestions suggestions={suggestions} />
        <GrowingText
          ref={area}
          label={placeholder}
          placeholder={placeholder}
          value={text}
          onChange={change}
          onKeyDown={onKeyDown}
          suggestions={suggestions.attributes}
        />
        <IconButton
          icon={SendHorizontal}
          label={say('composer.send')}
          keys="Enter"
          className={styles.send}
          disabled={text.trim() === '' || surplus > 0}
          onClick={send}
        />
      </div>
      {surplus > 0 ? (
        <p className={styles.tooLong} role="alert">
          {say('composer.tooLong', { surplus, longest })}
        </p>
      ) : (
        <TypingLine channelId={channelId} />
      )}
    </div>
  )
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
