import { type Channel, invitations } from '@plausch/wire'
import { Check, TriangleAlert } from 'lucide-react'
import { useId, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { DateTime } from '../../../ui/DateTime.tsx'
import { Area, Field, Note } from '../../../ui/Field.tsx'
import forms from '../../../ui/Form.module.css'
import { Form } from '../../../ui/Form.tsx'
import { useForm } from '../../../ui/use-form.ts'
import { addressesIn } from './addresses.ts'
import styles from './TeamSettings.module.css'

type Result = { email: string; problem: string }
type InviteByMailProps = { teamId: string; forGuests: boolean }
type Draft = {
  text: string
  message: string
  channelIds: readonly string[]
  /** When guests leave again; undefined for no end. */
  until: number | undefined
}

const EMPTY: Draft = { text: '', message: '', channelIds: [], until: undefined }
/** v4's maximum for one request. */
const MOST = 100

const send = async (
  teamId: string,
  forGuests: boolean,
  emails: readonly string[],
  { message, channelIds, until }: Draft,
): Promise<readonly Result[]> => {
  const params = { team_id: teamId }
  const query = { graceful: true }
  const letter = { emails: [...emails], ...(message.trim() && { message: message.trim() }) }
  const reply = forGuests
    ? await client.call(invitations.createForGuests, {
        params,
        query,
        body: { ...letter, channels: [...channelIds], ...(until !== undefined && { guest_end_at: until }) },
      })
    : await client.call(invitations.create, {
        params,
        query,
        body: { ...letter, channelIds: [...channelIds] },
      })
  if (!Array.isArray(reply)) return emails.map((email) => ({ email, problem: '' }))
  return reply.map(({ email, error }) => ({ email, problem: error?.message ?? '' }))
}

/** Invites several people by mail. Those that were refused stay in the field. */
export const InviteByMail = ({ teamId, forGuests }: InviteByMailProps) => {
  const say = useText()
  const [results, setResults] = useState<readonly Result[]>([])
  const form = useForm(EMPTY, {
    keptAs: `invite/${teamId}/${forGuests}`,
    check: ({ text, channelIds, until }) => {
      const { good, bad } = addressesIn(text)
      const wrong =
        (bad.length > 0 && say('invite.badAddress', { addresses: bad.join(', ') })) ||
        (good.length === 0 && say('invite.noAddress')) ||
        (good.length > MOST && say('invite.tooMany', { most: MOST }))
      return {
        text: wrong || '',
        channelIds: forGuests && channelIds.length === 0 ? say('invite.noChannel') : '',
        until: until !== undefined && until <= Date.now() ? say('guests.past') : '',
      }
    },
    refusals: { 'guests.past': 'until' },
  })
  const { good } = addressesIn(form.values.text)
  const submit = form.checked(async (draft) => {
    const answers = await send(teamId, forGuests, addressesIn(draft.text).good, draft)
    setResults(answers)
    const refused = answers.filter((each) => each.problem !== '')
    form.set({ text: refused.map(({ email }) => email).join('\n') })
    if (refused.length === 0) form.forget()
  })

  return (
    <Form submit={submit} submitLabel={say('invite.send')} buttons="end">
      <p className={styles.note}>{say(forGuests ? 'invite.guestsLead' : 'invite.mailLead')}</p>
      <Area
        {...form.text('text')}
        label={say('invite.addresses')}
        hint={good.length > 0 ? say('invite.count', { count: good.length }) : say('invite.addressesHint')}
        rows={3}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <Channels teamId={teamId} isNeeded={forGuests} {...form.part('channelIds')} />
      {forGuests && <DateTime {...form.part('until')} label={say('guests.invitedUntil')} min={Date.now()} />}
      <Area {...form.text('message')} label={say('invite.message')} maxLength={1000} rows={2} />
      <Results results={results} />
    </Form>
  )
}

const Results = ({ results }: { results: readonly Result[] }) => {
  const say = useText()
  return (
    <ul className={styles.results} aria-live="polite" aria-label={say('invite.results')}>
      {results.map(({ email, problem }) => (
        <li key={email} data-failed={problem ? '' : undefined}>
          {problem ? (
            <TriangleAlert size={16} strokeWidth={1.75} aria-hidden />
          ) : (
            <Check size={16} strokeWidth={1.75} aria-hidden />
          )}
          <span>{problem ? say('invite.failed', { email, problem }) : say('invite.sent', { email })}</span>
        </li>
      ))}
    </ul>
  )
}

type ChannelsProps = {
  teamId: string
  isNeeded: boolean
  value: readonly string[]
  problem: string
  onChange(chosen: readonly string[]): void
}

const mayAdd = ({ id, team_id, type, delete_at, name }: Channel, teamId: string): boolean => {
  if (team_id !== teamId || delete_at > 0 || name === 'town-square') return false
  const kind = type === 'P' ? 'private' : 'public'
  return client.roles.permissions(teamId, id).get().has(`manage_${kind}_channel_members`)
}

const Channels = ({ teamId, isNeeded, value: chosen, problem, onChange }: ChannelsProps) => {
  const say = useText()
  const id = useId()
  const [term, setTerm] = useState('')
  const all = useSource(client.channels.records)
    .filter((channel) => mayAdd(channel, teamId))
    .toSorted((a, b) => a.display_name.localeCompare(b.display_name))
  const wanted = term.trim().toLocaleLowerCase()
  const shown = all.filter(
    ({ id, display_name }) => chosen.includes(id) || display_name.toLocaleLowerCase().includes(wanted),
  )
  if (all.length === 0) return isNeeded ? <p className={forms.why}>{say('invite.noChannels')}</p> : null
  return (
    <fieldset
      className={styles.choice}
      data-problem={problem ? '' : undefined}
      aria-describedby={`${id}-note`}
    >
      <legend>{say(isNeeded ? 'invite.guestChannels' : 'invite.channels')}</legend>
      {all.length > 8 && (
        <Field
          label={say('channel.search')}
          type="search"
          autoComplete="off"
          value={term}
          onChange={(event) => setTerm(event.target.value)}
        />
      )}
      <div className={styles.checks}>
        {shown.map(({ id, display_name }) => (
          <Checkbox
            key={id}
            label={display_name}
            isChecked={chosen.includes(id)}
            onChange={(isOn) => onChange(isOn ? [...chosen, id] : chosen.filter((each) => each !== id))}
          />
        ))}
      </div>
      <Note id={id} label="" problem={problem} />
    </fieldset>
  )
}
