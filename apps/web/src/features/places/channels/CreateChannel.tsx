import { useSource } from '../../../browser/use-source.ts'
import { faultId, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { toChannel } from '../../../platform/navigation.ts'
import { Choice, Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { slugOf } from '../../../ui/slug.ts'
import { useForm } from '../../../ui/use-form.ts'

type CreateChannelProps = { teamId: string; close(): void }

const EMPTY = { name: '', address: undefined as string | undefined, purpose: '', type: 'O' as 'O' | 'P' }

const ADDRESS = /^[a-z0-9][a-z0-9_-]{0,63}$/

/** A name of other letters has no address of its own. */
const addressFor = (name: string, address: string | undefined): string =>
  (address ?? slugOf(name)) || `channel-${Date.now().toString(36)}`

/** Creates a channel in the team. Typed values survive closing the dialog. */
export const CreateChannel = ({ teamId, close }: CreateChannelProps) => {
  const say = useText()
  const permissions = useSource(client.roles.permissions(teamId))
  const form = useForm(EMPTY, {
    keptAs: `create-channel/${teamId}`,
    check: ({ name, address }) => {
      if (name.trim() === '') return { name: say('channel.nameMissing') }
      return { address: ADDRESS.test(addressFor(name, address)) ? '' : say('channel.addressWrong') }
    },
  })
  const kinds = (['O', 'P'] as const).filter((type) =>
    permissions.has(type === 'O' ? 'create_public_channel' : 'create_private_channel'),
  )
  const team = useSource(client.teams.records.at(teamId))
  const address = form.values.address ?? slugOf(form.values.name)
  const type = kinds.includes(form.values.type) ? form.values.type : (kinds[0] ?? 'O')

  const create = form.checked(async (made) => {
    const { name, purpose } = made
    try {
      const channel = await client.channels.create({
        ...{ team_id: teamId, type, display_name: name.trim(), purpose: purpose.trim() },
        name: addressFor(name, made.address),
      })
      form.forget()
      return toChannel(channel)
    } catch (error) {
      if (faultId(error) !== 'store.sql_channel.save_channel.exists.app_error') throw error
      return !form.refuse({ address: say('channel.addressTaken') })
    }
  })

  return (
    <FormDialog
      title={say('channel.create')}
      submitLabel={say('channel.createSubmit')}
      submit={create}
      onClose={close}
    >
      <Field {...form.text('name')} label={say('channel.name')} maxLength={64} autoFocus autoComplete="off" />
      <Field
        label={say('channel.address')}
        hint={say('channel.urlHint')}
        prefix={`/${team?.name ?? ''}/channels/`}
        maxLength={64}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={address}
        problem={form.problemOf('address')}
        onChange={({ target }) => form.set({ address: target.value.toLowerCase() || undefined })}
      />
      {kinds.length > 1 && (
        <Choice
          legend={say('channel.kind')}
          value={type}
          onChange={(next) => form.set({ type: next })}
          options={[
            {
              value: 'O',
              label: say('channel.public'),
              hint: say('channel.publicHint', { team: team?.display_name ?? '' }),
            },
            { value: 'P', label: say('channel.private'), hint: say('channel.privateHint') },
          ]}
        />
      )}
      <Field
        {...form.text('purpose')}
        label={say('channel.purpose')}
        hint={say('channel.purposeHint')}
        maxLength={250}
        autoComplete="off"
      />
    </FormDialog>
  )
}
