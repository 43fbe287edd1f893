import { type Channel, invitations } from '@plausch/wire'
import { Check, TriangleAlert } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Area, Field } from '../../../ui/Field.tsx'
import form from '../../../ui/Form.module.css'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { useKept } from '../../../ui/use-kept.ts'
import { addressesIn } from './addresses.ts'
import styles from './TeamSettings.module.css'

type Result = { email: string; problem: string }
type InviteByMailProps = { teamId: string; forGuests: boolean }
type Draft = { text: string; message: string; channelIds: readonly string[] }

const EMPTY: Draft = { text: '', message: '', channelIds: [] }
/** v4's maximum for one request. */
const MOST = 100

const send = async (
  teamId: string,
  forGuests: boolean,
  emails: readonly string[],
  { message, channelIds }: Draft,
): Promise<readonly Result[]> => {
  const params = { team_id: teamId }
  const query = { graceful: true }
  const letter = { emails: [...emails], ...(message.trim() && { message: message.trim() }) }
  const reply = forGuests
    ? await client.call(invitations.createForGuests, {
        params,
        query,
        body: { ...letter, channels: [...channelIds] },
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
  const [draft, setDraft, forget] = useKept(`invite/${teamId}/${forGuests}`, EMPTY)
  const [problem, setProblem] = useState('')
  const [results, setResults] = useState<readonly Result[]>([])
  const [isBusy, setBusy] = useState(false)
  const { good, bad } = addressesIn(draft.text)

  const check = (): string => {
    if (bad.length > 0) return say('invite.badAddress', { addresses: bad.join(', ') })
    if (good.length === 0) return say('invite.noAddress')
    if (good.length > MOST) return say('invite.tooMany', { most: MOST })
    return forGuests && draft.channelIds.length === 0 ? say('invite.noChannel') : ''
  }
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const wrong = check()
    setProblem(wrong)
    if (wrong !== '') return
    setBusy(true)
    try {
      const answers = await send(teamId, forGuests, good, draft)
      setResults(answers)
      const refused = answers.filter((each) => each.problem !== '')
      setDraft({ ...draft, text: refused.map(({ email }) => email).join('\n') })
      if (refused.length === 0) forget()
    } catch (error) {
      setProblem(problemOf(error))
    }
    setBusy(false)
  }

  return (
    <form className={form.form} noValidate onSubmit={(event) => void submit(event)}>
      <p className={styles.note}>{say(forGuests ? 'invite.guestsLead' : 'invite.mailLead')}</p>
      <FormProblem text={problem} />
      <Area
        label={say('invite.addresses')}
        hint={good.length > 0 ? say('invite.count', { count: good.length }) : say('invite.addressesHint')}
        rows={3}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={draft.text}
        onChange={(event) => setDraft({ ...draft, text: event.target.value })}
      />
      <Channels
        teamId={teamId}
        chosen={draft.channelIds}
        isNeeded={forGuests}
        onChange={(channelIds) => setDraft({ ...draft, channelIds })}
      />
      <Area
        label={say('invite.message')}
        maxLength={1000}
        rows={2}
        value={draft.message}
        onChange={(event) => setDraft({ ...draft, message: event.target.value })}
      />
      <div className={styles.end}>
        <Button type="submit" kind="primary" isBusy={isBusy}>
          {say('invite.send')}
        </Button>
      </div>
      <Results results={results} />
    </form>
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
  chosen: readonly string[]
  isNeeded: boolean
  onChange(chosen: readonly string[]): void
}

const mayAdd = ({ id, team_id, type, delete_at, name }: Channel, teamId: string): boolean => {
  if (team_id !== teamId || delete_at > 0 || name === 'town-square') return false
  const kind = type === 'P' ? 'private' : 'public'
  return client.roles.permissions(teamId, id).get().has(`manage_${kind}_channel_members`)
}

const Channels = ({ teamId, chosen, isNeeded, onChange }: ChannelsProps) => {
  const say = useText()
  const [term, setTerm] = useState('')
  const all = useSource(client.channels.records)
    .filter((channel) => mayAdd(channel, teamId))
    .toSorted((a, b) => a.display_name.localeCompare(b.display_name))
  const wanted = term.trim().toLocaleLowerCase()
  const shown = all.filter(
    ({ id, display_name }) => chosen.includes(id) || display_name.toLocaleLowerCase().includes(wanted),
  )
  if (all.length === 0) return isNeeded ? <p className={styles.why}>{say('invite.noChannels')}</p> : null
  return (
    <fieldset className={styles.choice}>
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
    </fieldset>
  )
}
