import { type OrphanedTeam, requests as operations, type User, users } from '@plausch/wire'
import { useEffect, useRef } from 'react'
import { notify } from '../../../browser/notices.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useForm } from '../../../ui/use-form.ts'
import { PeoplePicker } from '../../people/users/PeoplePicker.tsx'
import { findOwners } from './rights.ts'

type NameOwnerProps = { team: OrphanedTeam; done(): void; close(): void }

/** Names an owner of a team that has none; who asked for it or endorsed it is proposed. */
export const NameOwner = ({ team, done, close }: NameOwnerProps) => {
  const say = useText()
  const form = useForm<{ owner: readonly User[] }>(
    { owner: [] },
    {
      check: ({ owner }) => ({ owner: owner.length === 0 ? say('requests.ownersMissing') : '' }),
      refusals: { 'requests.owner': 'owner' },
    },
  )
  const isTouched = useRef(false)
  const [suggested] = team.suggested_ids
  // biome-ignore lint/correctness/useExhaustiveDependencies: proposes once
  useEffect(() => {
    if (suggested === undefined) return
    void attempt(async () => {
      const user = await client.call(users.get, { params: { user_id: suggested } })
      client.users.put(user)
      // Whoever has chosen somebody meanwhile keeps them.
      if (!isTouched.current) form.set({ owner: [user] })
    })
  }, [suggested])
  const save = form.checked(async ({ owner: [owner] }) => {
    if (!owner) return
    await client.call(operations.nameOwner, { params: { team_id: team.id }, body: { user_id: owner.id } })
    notify('done', say('requests.ownerNamed', { team: team.display_name }))
    done()
  })
  return (
    <FormDialog
      title={say('requests.nameOwnerOf', { team: team.display_name })}
      submitLabel={say('requests.nameOwner')}
      submit={save}
      onClose={close}
    >
      <PeoplePicker
        label={say('requests.owner')}
        problem={form.problemOf('owner')}
        chosen={form.values.owner}
        most={1}
        find={findOwners}
        onChange={(owner) => {
          isTouched.current = true
          form.set({ owner })
        }}
      />
    </FormDialog>
  )
}
