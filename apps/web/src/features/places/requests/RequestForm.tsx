import { requests as operations, REQUEST_LIMITS, type RequestGroup, type User } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { toPage } from '../../../platform/navigation.ts'
import { Area, Choice, Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { Select } from '../../../ui/Select.tsx'
import { slugOf } from '../../../ui/slug.ts'
import { useForm } from '../../../ui/use-form.ts'
import { PeoplePicker } from '../../people/users/PeoplePicker.tsx'
import { findOwners } from './rights.ts'

type Draft = {
  displayName: string
  address: string | undefined
  group: string
  purpose: string
  joining: 'open' | 'closed'
  owners: readonly User[]
}

const emptyDraft = (): Draft => {
  const me = client.me.get()
  return {
    displayName: '',
    address: undefined,
    group: '',
    purpose: '',
    joining: 'closed',
    owners: me ? [me] : [],
  }
}

/** The groups of the directory that one can choose; none until they are there, or where there is none. */
const useGroups = (): readonly RequestGroup[] => {
  const [groups, setGroups] = useState<readonly RequestGroup[]>([])
  useEffect(() => {
    client.call(operations.listGroups).then(setGroups, () => undefined)
  }, [])
  return groups
}

/** Asks for a team. Its address follows from the group or the name, until somebody changes it. */
export const RequestForm = ({ close }: { close(): void }) => {
  const say = useText()
  const groups = useGroups()
  const addressOf = ({ address, group, displayName }: Draft): string =>
    address ?? slugOf(groups.find(({ id }) => id === group)?.name || displayName)
  const form = useForm<Draft>(emptyDraft, {
    keptAs: 'requests/new',
    check: (draft) => ({
      displayName: draft.displayName.trim() === '' ? say('requests.nameMissing') : '',
      address:
        draft.displayName.trim() !== '' && addressOf(draft) === '' ? say('requests.addressMissing') : '',
      purpose: draft.purpose.trim() === '' ? say('requests.purposeMissing') : '',
      owners: draft.owners.length === 0 ? say('requests.ownersMissing') : '',
    }),
    refusals: {
      'app.team.save.existing': 'address',
      'teams.name': 'address',
      'requests.purpose': 'purpose',
      'requests.owner': 'owners',
      'requests.directory_away': 'group',
      'groups.not_found': 'group',
    },
  })
  const send = form.checked(async (draft) => {
    const made = await client.call(operations.create, {
      body: {
        display_name: draft.displayName.trim(),
        name: addressOf(draft),
        purpose: draft.purpose.trim(),
        is_open: draft.joining === 'open',
        owner_ids: draft.owners.map(({ id }) => id),
        group_id: draft.group,
      },
    })
    form.forget()
    notify('done', say('requests.asked'))
    toPage(`requests/${made.id}`)
  })

  return (
    <FormDialog
      title={say('requests.ask')}
      hint={say('requests.askHint')}
      size="large"
      onClose={close}
      submitLabel={say('requests.askSubmit')}
      submit={send}
    >
      <Field
        {...form.text('displayName')}
        label={say('requests.name')}
        maxLength={64}
        autoFocus
        autoComplete="off"
      />
      {groups.length > 0 && (
        <Select
          label={say('requests.group')}
          hint={say('requests.groupHint')}
          problem={form.problemOf('group')}
          value={form.values.group === '' ? 'none' : form.values.group}
          options={[
            { value: 'none', label: say('requests.noGroup') },
            ...groups.map(({ id, display_name: name, member_count: count }) => ({
              value: id,
              label: say('requests.groupPeople', { name, count }),
            })),
          ]}
          onChange={(id) => form.set({ group: id === 'none' ? '' : id })}
        />
      )}
      <Field
        label={say('requests.address')}
        hint={say('requests.addressHint')}
        prefix={`${location.host}/`}
        maxLength={64}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        value={addressOf(form.values)}
        problem={form.problemOf('address')}
        onChange={({ target }) => form.set({ address: target.value.toLowerCase() })}
      />
      <Area
        {...form.text('purpose')}
        label={say('requests.purpose')}
        maxLength={REQUEST_LIMITS.purpose}
        rows={3}
      />
      <Choice
        legend={say('requests.joining')}
        value={form.values.joining}
        options={[
          { value: 'closed', label: say('requests.closed'), hint: say('requests.closedHint') },
          { value: 'open', label: say('requests.open'), hint: say('requests.openHint') },
        ]}
        onChange={(joining) => form.set({ joining })}
      />
      <PeoplePicker
        label={say('requests.owners')}
        problem={form.problemOf('owners')}
        chosen={form.values.owners}
        most={REQUEST_LIMITS.owners}
        find={findOwners}
        onChange={(owners) => form.set({ owners })}
      />
    </FormDialog>
  )
}
