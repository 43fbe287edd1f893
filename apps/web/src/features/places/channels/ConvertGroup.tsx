import { channels as operations, type Team } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { toChannel } from '../../../platform/navigation.ts'
import { here } from '../../../platform/place.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Choice, Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { slugOf } from '../../../ui/slug.ts'
import { useForm } from '../../../ui/use-form.ts'

type ConvertGroupProps = { channelId: string; close(): void }

/** Turns a group conversation into a private channel of a team to which all of its people belong. */
export const ConvertGroup = ({ channelId, close }: ConvertGroupProps) => {
  const say = useText()
  const people = useSource(channelName(channelId))
  const [teams, setTeams] = useState<readonly Team[]>()
  const [problem, setProblem] = useState('')
  const form = useForm(
    { name: '', teamId: '' },
    { check: ({ name }) => ({ name: name.trim() === '' ? say('channel.nameMissing') : '' }) },
  )

  useEffect(() => {
    client.call(operations.commonTeams, { params: { channel_id: channelId } }).then(
      (found) => {
        setTeams(found)
      },
      (error: unknown) => {
        setTeams([])
        setProblem(problemOf(error))
      },
    )
  }, [channelId])

  const isPossible = teams === undefined || teams.length > 0
  const first = teams?.find(({ id }) => id === here.get().team?.id) ?? teams?.[0]
  const teamId = form.values.teamId || (first?.id ?? '')
  const convert = form.checked(async ({ name }) => {
    const display_name = name.trim()
    const channel = await client.call(operations.convertGroup, {
      params: { channel_id: channelId },
      body: { channel_id: channelId, team_id: teamId, display_name, name: slugOf(display_name) },
    })
    await client.channels.fetch(channelId)
    toChannel(channel)
  })

  return (
    <FormDialog
      title={say('channel.fromGroup')}
      hint={people}
      submitLabel={say('channel.fromGroupSubmit')}
      isDisabled={!isPossible}
      submit={convert}
      onClose={close}
    >
      <FormProblem text={problem} />
      <p>{say(isPossible ? 'channel.fromGroupLead' : 'channel.fromGroupNoTeam')}</p>
      {teams === undefined && <Busy />}
      {teams && teams.length > 0 && (
        <Field {...form.text('name')} label={say('channel.name')} maxLength={64} autoComplete="off" />
      )}
      {teams && teams.length > 1 && (
        <Choice
          legend={say('channel.team')}
          value={teamId}
          onChange={(next) => form.set({ teamId: next })}
          options={teams.map((team) => ({ value: team.id, label: team.display_name }))}
        />
      )}
    </FormDialog>
  )
}
