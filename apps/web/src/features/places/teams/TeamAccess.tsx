import { teams as operations, type Team, type TeamPatch } from '@plausch/wire'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Field } from '../../../ui/Field.tsx'
import forms from '../../../ui/Form.module.css'
import { Form } from '../../../ui/Form.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { useForm } from '../../../ui/use-form.ts'
import { PlaceGroups } from '../syncables/PlaceGroups.tsx'
import { InviteLink } from './InviteLink.tsx'
import { teamRights } from './rights.ts'

/** Who can come into a team: everybody, or people of some domains, or those who have the link. */
export const TeamAccess = ({ team }: { team: Team }) => {
  const say = useText()
  const { mayManage, mayLinkGroups, isDecided } = useSource(teamRights(team.id))
  const form = useForm({ domains: team.allowed_domains })
  const patch = async (body: TeamPatch & { group_constrained?: boolean }): Promise<void> =>
    client.teams.put(await client.call(operations.patch, { params: { team_id: team.id }, body }))

  const saveDomains = form.checked(({ domains }) => patch({ allowed_domains: domains.trim() }))
  const isChanged = form.values.domains.trim() !== team.allowed_domains

  return (
    <div className={forms.form}>
      {!mayManage && <p className={forms.why}>{say('team.onlyAdmins')}</p>}
      {/* Where groups decide, nobody comes in by these ways. */}
      {!isDecided && (
        <>
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
        </>
      )}
      <PlaceGroups
        place={{ kind: 'team', id: team.id, name: team.display_name }}
        isDecided={isDecided}
        isPart
        mayLink={mayLinkGroups}
        mayDecide={mayManage}
        decide={(group_constrained) => patch({ group_constrained })}
      />
    </div>
  )
}
