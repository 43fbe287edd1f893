import type { Channel } from '@plausch/wire'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { Button } from '../../../ui/Button.tsx'
import { Choice } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
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

  const move = async (): Promise<void> => {
    const category = all.find(({ id }) => id === chosen)
    if (category && category.id !== categoryOf(teamId, channel)?.id) await putInto(teamId, channel, category)
  }
  const create = (): void => {
    close()
    nameCategory.open({ teamId, channelId: channel.id })
  }

  return (
    <FormDialog
      title={say('category.moveTitle', { name })}
      onClose={close}
      submitLabel={say('category.moveSubmit')}
      submit={move}
      buttons={
        <Button icon={Plus} kind="quiet" onClick={create}>
          {say('category.create')}
        </Button>
      }
    >
      <Choice
        legend={say('category.moveHere')}
        value={chosen}
        onChange={setChosen}
        options={all.map((each) => ({ value: each.id, label: categoryName(each, say) }))}
      />
    </FormDialog>
  )
}
