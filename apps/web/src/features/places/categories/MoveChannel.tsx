import type { Channel } from '@plausch/wire'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Choice } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { nameCategory } from './dialogs.ts'
import { categoryName } from './names.ts'
import { categoryOf, putInto, takes } from './placing.ts'

type MoveChannelProps = { teamId: string; channel: Channel; close(): void }

/** Chooses the category of a channel. */
export const MoveChannel = ({ teamId, channel, close }: MoveChannelProps) => {
  const say = useText()
  const name = useSource(channelName(channel.id))
  const all = (useSource(client.categories.byTeam.at(teamId)) ?? []).filter((each) => takes(each, channel))
  const [chosen, setChosen] = useState(categoryOf(teamId, channel)?.id ?? '')
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)

  const move = async (): Promise<void> => {
    const category = all.find(({ id }) => id === chosen)
    setBusy(true)
    try {
      if (category && category.id !== categoryOf(teamId, channel)?.id)
        await putInto(teamId, channel, category)
      close()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }
  const create = (): void => {
    close()
    nameCategory.open({ teamId, channelId: channel.id })
  }

  return (
    <Dialog
      title={say('category.moveTitle', { name })}
      onClose={close}
      onSubmit={() => void move()}
      actions={
        <>
          <Button icon={Plus} kind="quiet" onClick={create}>
            {say('category.create')}
          </Button>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {say('category.moveSubmit')}
          </Button>
        </>
      }
    >
      <FormProblem text={problem} />
      <Choice
        legend={say('category.moveHere')}
        value={chosen}
        onChange={setChosen}
        options={all.map((each) => ({ value: each.id, label: categoryName(each, say) }))}
      />
    </Dialog>
  )
}
