import { select } from '@plausch/client'
import { useMemo } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { here } from '../../../platform/place.ts'
import { ComboBox } from '../../../ui/ComboBox.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useForm } from '../../../ui/use-form.ts'
import { channelRights } from '../channels/rights.ts'

type AddToChannelProps = { userId: string; close(): void }

/** The channels of the current team to which the reader may add people, by name. */
const openTo = select(
  (read) => {
    const teamId = read(here).team?.id ?? ''
    return read(client.channels.idsOf(teamId))
      .filter((id) => read(channelRights(id)).mayAddPeople)
      .flatMap((id) => read(client.channels.described(id)) ?? [])
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
  const form = useForm<{ channelId: string | undefined }>(
    { channelId: undefined },
    { check: ({ channelId }) => ({ channelId: channelId ? '' : say('members.channelMissing') }) },
  )
  const add = form.checked(async ({ channelId = '' }) => {
    await client.members.add(channelId, [userId])
    const channel = client.channels.records.one(channelId)?.display_name ?? ''
    notify('done', say('members.addedTo', { name, channel }))
  })

  return (
    <FormDialog
      title={say('members.addPerson', { name })}
      onClose={close}
      submitLabel={say('members.addSubmit')}
      submit={add}
    >
      <ComboBox {...form.part('channelId')} label={say('members.channel')} options={options} />
    </FormDialog>
  )
}
