import { channels as operations, type Team } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { toChannel } from '../../../platform/navigation.ts'
import { here } from '../../../platform/place.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Choice, Field } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { slugOf } from '../../../ui/slug.ts'

type ConvertGroupProps = { channelId: string; close(): void }

/** Turns a group conversation into a private channel of a team to which all of its people belong. */
export const ConvertGroup = ({ channelId, close }: ConvertGroupProps) => {
  const say = useText()
  const people = useSource(channelName(channelId))
  const [teams, setTeams] = useState<readonly Team[]>()
  const [teamId, setTeamId] = useState('')
  const [name, setName] = useState('')
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)

  useEffect(() => {
    client.call(operations.commonTeams, { params: { channel_id: channelId } }).then(
      (found) => {
        setTeams(found)
        setTeamId((found.find(({ id }) => id === here.get().team?.id) ?? found[0])?.id ?? '')
      },
      (error: unknown) => {
        setTeams([])
        setProblem(problemOf(error))
      },
    )
  }, [channelId])

  const convert = async (): Promise<void> => {
    const display_name = name.trim()
    if (display_name === '') return setProblem(say('channel.nameMissing'))
    setBusy(true)
    try {
      const channel = await client.call(operations.convertGroup, {
        params: { channel_id: channelId },
        body: { channel_id: channelId, team_id: teamId, display_name, name: slugOf(display_name) },
      })
      await client.channels.fetch(channelId)
      toChannel(channel)
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }

  const isPossible = teams === undefined || teams.length > 0
  return (
    <Dialog
      title={say('channel.fromGroup')}
      hint={people}
      onClose={close}
      onSubmit={() => void convert()}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={isBusy} disabled={!isPossible}>
            {say('channel.fromGroupSubmit')}
          </Button>
        </>
      }
    >
      <FormProblem text={problem} />
      <p>{say(isPossible ? 'channel.fromGroupLead' : 'channel.fromGroupNoTeam')}</p>
      {teams === undefined && <Busy />}
      {teams && teams.length > 0 && (
        <Field
          label={say('channel.name')}
          maxLength={64}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      )}
      {teams && teams.length > 1 && (
        <Choice
          legend={say('channel.team')}
          value={teamId}
          onChange={setTeamId}
          options={teams.map((team) => ({ value: team.id, label: team.display_name }))}
        />
      )}
    </Dialog>
  )
}
