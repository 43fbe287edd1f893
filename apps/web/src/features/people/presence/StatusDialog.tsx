import { recentStatusesOf } from '@plausch/client'
import type { CustomStatus } from '@plausch/wire'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, problemOf, type TextId, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { customStatus } from '../../../platform/people.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { DateTime } from '../../../ui/DateTime.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { MarkdownLine } from '../../../ui/markdown/Markdown.tsx'
import { Select } from '../../../ui/Select.tsx'
import { EmojiChoice } from './EmojiChoice.tsx'
import { type Duration, endOf } from './ends.ts'
import styles from './StatusDialog.module.css'

const LONGEST = 100

const DURATIONS = [
  { value: '', label: 'presence.noEnd' },
  { value: 'thirty_minutes', label: 'presence.halfHour' },
  { value: 'one_hour', label: 'presence.hour' },
  { value: 'four_hours', label: 'presence.fourHours' },
  { value: 'today', label: 'presence.today' },
  { value: 'this_week', label: 'presence.thisWeek' },
  { value: 'date_and_time', label: 'presence.chooseEnd' },
] as const satisfies readonly { value: Duration; label: TextId }[]

const SUGGESTIONS = [
  { emoji: 'calendar', text: 'presence.meeting', duration: 'one_hour' },
  { emoji: 'microscope', text: 'presence.lab', duration: 'four_hours' },
  { emoji: 'hamburger', text: 'presence.lunch', duration: 'thirty_minutes' },
  { emoji: 'house', text: 'presence.home', duration: 'today' },
  { emoji: 'sneezing_face', text: 'presence.sick', duration: 'today' },
  { emoji: 'palm_tree', text: 'presence.holiday', duration: 'this_week' },
] as const satisfies readonly { emoji: string; text: TextId; duration: Duration }[]

const isDuration = (value: string | undefined): value is Duration =>
  DURATIONS.some((each) => each.value === value)

type Draft = { emoji: string; text: string; duration: Duration; end: number | undefined }

const toSend = ({ emoji, text, duration, end }: Draft): CustomStatus => {
  const at = duration === 'date_and_time' ? (end ?? 0) : endOf(duration, Date.now())
  const status: CustomStatus = { emoji: emoji || 'speech_balloon', text: text.trim(), duration }
  return at > 0 ? { ...status, expires_at: new Date(at).toISOString() } : status
}

/** What is being set up, and how it is saved. */
const useDraft = (close: () => void) => {
  const say = useText()
  const me = client.myId.get()
  const [draft, setDraft] = useState<Draft>(() => {
    const now = customStatus(me).get()
    const end = now && now.expiresAt > 0 ? now.expiresAt : undefined
    return {
      emoji: now?.emoji ?? '',
      text: now?.text ?? '',
      duration: end === undefined ? (now ? '' : 'today') : 'date_and_time',
      end,
    }
  })
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)

  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setProblem('')
    try {
      await work()
      close()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }
  const save = (): void => {
    const { emoji, text, duration, end } = draft
    if (emoji === '' && text.trim() === '') setProblem(say('presence.empty'))
    else if (duration === 'date_and_time' && (end ?? 0) <= Date.now()) setProblem(say('presence.endPast'))
    else void run(() => client.users.setCustomStatus(toSend(draft)))
  }
  return {
    draft,
    change: (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })),
    problem,
    isBusy,
    save,
    clear: () => void run(() => client.users.clearCustomStatus()),
  }
}

/** Sets one's custom status: by hand, or from what others often write, or what oneself wrote before. */
export const StatusDialog = ({ close }: { close(): void }) => {
  const say = useText()
  const isSet = useSource(customStatus(client.myId.get())) !== undefined
  const { draft, change, problem, isBusy, save, clear } = useDraft(close)
  return (
    <Dialog
      title={say('presence.title')}
      hint={say('presence.hint')}
      onClose={close}
      onSubmit={save}
      actions={
        <>
          {isSet && (
            <Button kind="quiet" onClick={clear}>
              {say('presence.clear')}
            </Button>
          )}
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {say('presence.save')}
          </Button>
        </>
      }
    >
      <FormProblem text={problem} />
      <div className={styles.line}>
        <EmojiChoice emoji={draft.emoji} onChange={(emoji) => change({ emoji })} />
        <Field
          label={say('presence.text')}
          maxLength={LONGEST}
          value={draft.text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </div>
      <Select
        label={say('presence.clearAfter')}
        value={draft.duration}
        options={DURATIONS.map(({ value, label }) => ({ value, label: say(label) }))}
        onChange={(duration) => change({ duration })}
      />
      {draft.duration === 'date_and_time' && (
        <DateTime
          label={say('presence.until')}
          value={draft.end}
          min={Date.now()}
          onChange={(end) => change({ end })}
        />
      )}
      <Recent choose={change} />
      <section aria-label={say('presence.suggestions')} className={styles.list}>
        <h3>{say('presence.suggestions')}</h3>
        <ul>
          {SUGGESTIONS.map(({ emoji, text, duration }) => (
            <li key={text}>
              <StatusChoice
                emoji={emoji}
                text={say(text)}
                duration={duration}
                choose={() => change({ emoji, text: say(text), duration })}
              />
            </li>
          ))}
        </ul>
      </section>
    </Dialog>
  )
}

const Recent = ({ choose }: { choose(part: Partial<Draft>): void }) => {
  const say = useText()
  const preference = useSource(client.preferences.at('custom_status', 'recent_custom_statuses'))
  const recent = recentStatusesOf(preference)
  if (recent.length === 0) return null
  return (
    <section aria-label={say('presence.recent')} className={styles.list}>
      <h3>{say('presence.recent')}</h3>
      <ul>
        {recent.map((status) => {
          const { emoji = '', text = '' } = status
          // An end that was chosen by hand is over by now.
          const duration =
            isDuration(status.duration) && status.duration !== 'date_and_time' ? status.duration : ''
          return (
            <li key={`${emoji} ${text}`}>
              <StatusChoice
                emoji={emoji}
                text={text}
                duration={duration}
                choose={() => choose({ emoji, text, duration })}
              />
              <IconButton
                icon={X}
                size={16}
                label={say('presence.forget', { text: text || emoji })}
                onClick={() => void attempt(() => client.users.forgetStatus(status))}
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

type StatusChoiceProps = { emoji: string; text: string; duration: Duration; choose(): void }

const StatusChoice = ({ emoji, text, duration, choose }: StatusChoiceProps) => {
  const say = useText()
  const label = DURATIONS.find(({ value }) => value === duration)?.label ?? 'presence.noEnd'
  return (
    <button type="button" className={styles.choice} onClick={choose}>
      <MarkdownLine text={`:${emoji}:`} />
      <span>{text}</span>
      <small>{say(label)}</small>
    </button>
  )
}
