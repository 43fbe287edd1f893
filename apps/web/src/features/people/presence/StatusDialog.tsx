import { recentStatusesOf } from '@plausch/client'
import type { CustomStatus } from '@plausch/wire'
import { X } from 'lucide-react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, type TextId, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { customStatus } from '../../../platform/people.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { DateTime } from '../../../ui/DateTime.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { MarkdownLine } from '../../../ui/markdown/Markdown.tsx'
import { Select } from '../../../ui/Select.tsx'
import { useForm } from '../../../ui/use-form.ts'
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

const draftNow = (): Draft => {
  const now = customStatus(client.myId.get()).get()
  const end = now && now.expiresAt > 0 ? now.expiresAt : undefined
  return {
    emoji: now?.emoji ?? '',
    text: now?.text ?? '',
    duration: end === undefined ? (now ? '' : 'today') : 'date_and_time',
    end,
  }
}

/** Sets one's custom status: by hand, or from what others often write, or what oneself wrote before. */
export const StatusDialog = ({ close }: { close(): void }) => {
  const say = useText()
  const isSet = useSource(customStatus(client.myId.get())) !== undefined
  const form = useForm(draftNow, {
    check: ({ emoji, text, duration, end = 0 }) => ({
      text: emoji === '' && text.trim() === '' ? say('presence.empty') : '',
      end: duration === 'date_and_time' && end <= Date.now() ? say('presence.endPast') : '',
    }),
  })
  const clear = async (): Promise<void> => {
    if (await attempt(() => client.users.clearCustomStatus())) close()
  }
  return (
    <FormDialog
      title={say('presence.title')}
      hint={say('presence.hint')}
      submitLabel={say('presence.save')}
      submit={form.checked((draft) => client.users.setCustomStatus(toSend(draft)))}
      onClose={close}
      buttons={
        isSet && (
          <Button kind="quiet" onClick={() => void clear()}>
            {say('presence.clear')}
          </Button>
        )
      }
    >
      <div className={styles.line}>
        <EmojiChoice emoji={form.values.emoji} onChange={(emoji) => form.set({ emoji })} />
        <Field {...form.text('text')} label={say('presence.text')} maxLength={LONGEST} />
      </div>
      <Select
        {...form.part('duration')}
        label={say('presence.clearAfter')}
        options={DURATIONS.map(({ value, label }) => ({ value, label: say(label) }))}
      />
      {form.values.duration === 'date_and_time' && (
        <DateTime {...form.part('end')} label={say('presence.until')} min={Date.now()} />
      )}
      <Recent choose={form.set} />
      <section aria-label={say('presence.suggestions')} className={styles.list}>
        <h3>{say('presence.suggestions')}</h3>
        <ul>
          {SUGGESTIONS.map(({ emoji, text, duration }) => (
            <li key={text}>
              <StatusChoice
                emoji={emoji}
                text={say(text)}
                duration={duration}
                choose={() => form.set({ emoji, text: say(text), duration })}
              />
            </li>
          ))}
        </ul>
      </section>
    </FormDialog>
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
