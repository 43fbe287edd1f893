import { ApiFault } from '@plausch/client'
import { useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { toChannel } from '../../../platform/navigation.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Choice, Field } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { slugOf } from '../../../ui/slug.ts'
import { useKept } from '../../../ui/use-kept.ts'

type CreateChannelProps = { teamId: string; close(): void }

const EMPTY = { name: '', purpose: '', type: 'O' as 'O' | 'P' }

/** Creates a channel in the team. Typed values survive closing the dialog. */
export const CreateChannel = ({ teamId, close }: CreateChannelProps) => {
  const say = useText()
  const permissions = useSource(client.roles.permissions(teamId))
  const [form, setForm, forget] = useKept(`create-channel/${teamId}`, EMPTY)
  const [problem, setProblem] = useState<{ name?: string; form?: string }>({})
  const [isBusy, setBusy] = useState(false)
  const kinds = (['O', 'P'] as const).filter((type) =>
    permissions.has(type === 'O' ? 'create_public_channel' : 'create_private_channel'),
  )
  const type = kinds.includes(form.type) ? form.type : (kinds[0] ?? 'O')

  const submit = async (): Promise<void> => {
    const displayName = form.name.trim()
    if (displayName === '') {
      setProblem({ name: say('channel.nameMissing') })
      return
    }
    setBusy(true)
    setProblem({})
    try {
      const name = slugOf(displayName) || `channel-${Date.now().toString(36)}`
      const body = { team_id: teamId, name, display_name: displayName, type, purpose: form.purpose.trim() }
      const channel = await client.channels.create(body)
      forget()
      toChannel(channel)
    } catch (error) {
      const text = problemOf(error)
      const isTaken =
        error instanceof ApiFault && error.id === 'store.sql_channel.save_channel.exists.app_error'
      setProblem(isTaken ? { name: text } : { form: text })
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={say('channel.create')}
      onClose={close}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {say('channel.createSubmit')}
          </Button>
        </>
      }
    >
      <FormProblem text={problem.form ?? ''} />
      <Field
        label={say('channel.name')}
        maxLength={64}
        autoFocus
        autoComplete="off"
        value={form.name}
        problem={problem.name}
        onChange={(event) => setForm({ ...form, name: event.target.value })}
      />
      {kinds.length > 1 && (
        <Choice
          legend={say('channel.kind')}
          value={type}
          onChange={(next) => setForm({ ...form, type: next })}
          options={[
            { value: 'O', label: say('channel.public'), hint: say('channel.publicHint') },
            { value: 'P', label: say('channel.private'), hint: say('channel.privateHint') },
          ]}
        />
      )}
      <Field
        label={say('channel.purpose')}
        hint={say('channel.purposeHint')}
        maxLength={250}
        autoComplete="off"
        value={form.purpose}
        onChange={(event) => setForm({ ...form, purpose: event.target.value })}
      />
    </Dialog>
  )
}
