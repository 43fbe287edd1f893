import { everyPage } from '@plausch/client'
import { type Group, teams as operations, syncables, type Team, type TeamPatch } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Field } from '../../../ui/Field.tsx'
import forms from '../../../ui/Form.module.css'
import { Form } from '../../../ui/Form.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { useForm } from '../../../ui/use-form.ts'
import { InviteLink } from './InviteLink.tsx'
import { teamRights } from './rights.ts'
import styles from './TeamSettings.module.css'

/** Who can come into a team: everybody, or people of some domains, or those who have the link. */
export const TeamAccess = ({ team }: { team: Team }) => {
  const say = useText()
  const { mayManage } = useSource(teamRights(team.id))
  const form = useForm({ domains: team.allowed_domains })
  const patch = async (body: TeamPatch): Promise<void> =>
    client.teams.put(await client.call(operations.patch, { params: { team_id: team.id }, body }))

  const saveDomains = form.checked(({ domains }) => patch({ allowed_domains: domains.trim() }))
  const isChanged = form.values.domains.trim() !== team.allowed_domains

  return (
    <div className={forms.form}>
      {!mayManage && <p className={forms.why}>{say('team.onlyAdmins')}</p>}
      <Switch
        label={say('team.isOpen')}
        hint={say(team.allow_open_invite ? 'team.isOpenOn' : 'team.isOpenOff')}
        isOn={team.allow_open_invite}
        isDisabled={!mayManage}
        onChange={(allow_open_invite) => void attempt(() => patch({ allow_open_invite }))}
      />
      <Form
        submit={saveDomains}
        submitLabel={mayManage && isChanged ? say('action.save') : undefined}
        buttons="end"
      >
        <Field
          {...form.text('domains')}
          label={say('team.domains')}
          hint={say('team.domainsHint')}
          maxLength={500}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          readOnly={!mayManage}
        />
      </Form>
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
    everyPage(60, async (query) => {
      const found = await client.call(syncables.groupsOfTeam, { params: { team_id: teamId }, query })
      return found.groups
    }).then(
      setGroups,
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
