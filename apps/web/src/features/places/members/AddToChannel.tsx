import { select } from '@plausch/client'
import { useMemo, useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { here } from '../../../platform/place.ts'
import { Button } from '../../../ui/Button.tsx'
import { ComboBox } from '../../../ui/ComboBox.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { channelRights } from '../channels/rights.ts'

type AddToChannelProps = { userId: string; close(): void }

/** The channels of the current team to which the reader may add people, by name. */
const openTo = select(
  (read) => {
    const teamId = read(here).team?.id ?? ''
    return read(client.channels.idsOf(teamId))
      .filter((id) => read(channelRights(id)).mayAddPeople)
      .flatMap((id) => read(client.channels.records.at(id)) ?? [])
      .map(({ id, display_name }) => ({ value: id, label: display_name }))
  },
  (a, b) =>
    a.length === b.length && a.every((each, i) => each.value === b[i]?.value && each.label === b[i]?.label),
)

/** Adds one person to one of the reader's channels. */
export const AddToChannel = ({ userId, close }: AddToChannelProps) => {
  const say = useText()
  const name = useSource(useMemo(() => personName(userId), [userId]))
  const options = useSource(openTo)
  const [channelId, setChannelId] = useState<string>()
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)

  const add = async (): Promise<void> => {
    if (channelId === undefined) {
      setProblem(say('members.channelMissing'))
      return
    }
    setBusy(true)
    try {
      await client.members.add(channelId, [userId])
      const channel = client.channels.records.one(channelId)?.display_name ?? ''
      notify('done', say('members.addedTo', { name, channel }))
      close()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={say('members.addPerson', { name })}
      onClose={close}
      onSubmit={() => void add()}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {say('members.addSubmit')}
          </Button>
        </>
      }
    >
      <ComboBox
        label={say('members.channel')}
        problem={problem}
        value={channelId}
        options={options}
        onChange={(id) => {
          setChannelId(id)
          setProblem('')
        }}
      />
    </Dialog>
  )
}
