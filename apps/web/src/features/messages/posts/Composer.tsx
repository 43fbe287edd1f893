import { SendHorizontal } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { GrowingText } from '../../../ui/GrowingText.tsx'
import styles from './Composer.module.css'
import { returned } from './composing.ts'
import { NameSuggestions, useSuggestions } from './NameSuggestions.tsx'
import { TypingLine } from './TypingLine.tsx'

type ComposerProps = {
  channelId: string
  /** The thread that is answered; '' in the channel. */
  rootId?: string
  placeholder: string
  /** Starts editing the person's last message. */
  editLast(): void
  /** The channel was opened without a target message, so the text field takes the focus. */
  takesFocus: boolean
}

/** v4's limit, if the server sends none. */
const LONGEST = 16_383
const SAVE_AFTER_MS = 300

export const Composer = ({ channelId, rootId = '', placeholder, editLast, takesFocus }: ComposerProps) => {
  const say = useText()
  /** Drafts are kept by this. */
  const place = rootId === '' ? channelId : `${channelId}/${rootId}`
  const back = useSource(returned)
  const config = useSource(client.settings.config)
  const [text, setText] = useState(() => client.drafts.read(place))
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
      client.drafts.write(place, latest.current)
    }
    window.addEventListener('pagehide', keep)
    return () => {
      window.removeEventListener('pagehide', keep)
      keep()
    }
  }, [place])

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs once per returned text
  useEffect(() => {
    if (back && latest.current === '') change(back.text)
    if (back) returned.set(undefined)
    // On a touch screen, the focus would open the on-screen keyboard over half the page.
    if (back || (takesFocus && !matchMedia('(pointer: coarse)').matches)) area.current?.focus()
  }, [back])

  function change(next: string): void {
    latest.current = next
    setText(next)
    clearTimeout(saving.current)
    saving.current = setTimeout(() => client.drafts.write(place, next), SAVE_AFTER_MS)
    tellTyping(next)
  }

  const tellTyping = (next: string): void => {
    const every = Number(config.TimeBetweenUserTypingUpdatesMilliseconds) || 5000
    const isOn = config.EnableUserTypingMessages !== 'false'
    if (!isOn || next.trim() === '' || Date.now() - told.current < every) return
    told.current = Date.now()
    client.socket.tell('user_typing', {
      channel_id: channelId,
      parent_id: rootId,
    })
  }

  const send = (): void => {
    const message = text.trim()
    if (message === '' || surplus > 0) return
    client.posts.outbox.send(channelId, message, rootId)
    told.current = 0
    change('')
    client.drafts.write(place, '')
    area.current?.focus()
  }

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (suggestions.onKeyDown(event)) return
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) send()
    else if (event.key === 'ArrowUp' && text === '') editLast()
    else return
    event.preventDefault()
  }

  return (
    <div className={styles.place} data-landmark>
      <div className={styles.box}>
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
        <TypingLine placeId={rootId || channelId} />
      )}
    </div>
  )
}
