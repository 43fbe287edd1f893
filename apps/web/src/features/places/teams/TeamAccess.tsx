import {
  type Group,
  groups as groupOperations,
  teams as operations,
  type Team,
  type TeamPatch,
} from '@plausch/wire'
import { type FormEvent, useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import form from '../../../ui/Form.module.css'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { InviteLink } from './InviteLink.tsx'
import { teamRights } from './rights.ts'
import styles from './TeamSettings.module.css'

/** Who can come into a team: everybody, or people of some domains, or those who have the link. */
export const TeamAccess = ({ team }: { team: Team }) => {
  const say = useText()
  const { mayManage } = useSource(teamRights(team.id))
  const [domains, setDomains] = useState(team.allowed_domains)
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  const patch = async (body: TeamPatch): Promise<void> =>
    client.teams.put(await client.call(operations.patch, { params: { team_id: team.id }, body }))

  const saveDomains = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setProblem('')
    try {
      await patch({ allowed_domains: domains.trim() })
    } catch (error) {
      setProblem(problemOf(error))
    }
    setBusy(false)
  }

  return (
    <div className={form.form}>
      {!mayManage && <p className={styles.why}>{say('team.onlyAdmins')}</p>}
      <Switch
        label={say('team.isOpen')}
        hint={say(team.allow_open_invite ? 'team.isOpenOn' : 'team.isOpenOff')}
        isOn={team.allow_open_invite}
        isDisabled={!mayManage}
        onChange={(allow_open_invite) => void attempt(() => patch({ allow_open_invite }))}
      />
      <form className={form.form} noValidate onSubmit={(event) => void saveDomains(event)}>
        <FormProblem text={problem} />
        <Field
          label={say('team.domains')}
          hint={say('team.domainsHint')}
          maxLength={500}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          readOnly={!mayManage}
          value={domains}
          onChange={(event) => setDomains(event.target.value)}
        />
        {mayManage && domains.trim() !== team.allowed_domains && (
          <div className={styles.end}>
            <Button type="submit" kind="primary" isBusy={isBusy}>
              {say('action.save')}
            </Button>
          </div>
        )}
      </form>
      {team.invite_id !== '' && <InviteLink team={team} />}
      <LinkedGroups teamId={team.id} />
    </div>
  )
}

/** Groups of the organisation's directory that are tied to the team; nothing if there are none. */
const LinkedGroups = ({ teamId }: { teamId: string }) => {
  const say = useText()
  const [groups, setGroups] = useState<readonly Group[]>([])
  useEffect(() => {
    client.call(groupOperations.listOfTeam, { params: { team_id: teamId }, query: { per_page: 60 } }).then(
      (found) => setGroups(found.groups),
      // Who may not see groups sees none.
      () => setGroups([]),
    )
  }, [teamId])
  if (groups.length === 0) return null
  return (
    <section aria-label={say('team.groups')}>
      <h3>{say('team.groups')}</h3>
      <ul>
        {groups.map((group) => (
          <li key={group.id}>
            {group.display_name} <span className={styles.note}>@{group.name}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
