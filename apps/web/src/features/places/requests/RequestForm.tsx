import { requests as operations, REQUEST_LIMITS, type RequestGroup, type User } from '@plausch/wire'
import { notify } from '../../../browser/notices.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { toPage } from '../../../platform/navigation.ts'
import { Area, Choice, Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { Picker } from '../../../ui/Picker.tsx'
import { slugOf } from '../../../ui/slug.ts'
import { useAnswer } from '../../../ui/use-answer.ts'
import { useForm } from '../../../ui/use-form.ts'
import { PeoplePicker } from '../../people/users/PeoplePicker.tsx'
import { findOwners } from './rights.ts'

type Draft = {
  displayName: string
  address: string | undefined
  group: RequestGroup | undefined
  purpose: string
  joining: 'open' | 'closed'
  owners: readonly User[]
}

const emptyDraft = (): Draft => {
  const me = client.me.get()
  return {
    displayName: '',
    address: undefined,
    group: undefined,
    purpose: '',
    joining: 'closed',
    owners: me ? [me] : [],
  }
}

const findGroups = (term: string): Promise<readonly RequestGroup[]> =>
  client.call(operations.listGroups, { query: { term } })

/** Are there groups of the directory to choose? */
const useHasGroups = (): boolean => {
  const { value } = useAnswer(() => findGroups(''))
  return (value?.length ?? 0) > 0
}

/** Asks for a team. Its address follows from the group or the name, until somebody changes it. */
export const RequestForm = ({ close }: { close(): void }) => {
  const say = useText()
  const hasGroups = useHasGroups()
  const addressOf = ({ address, group, displayName }: Draft): string =>
    address ?? slugOf(group?.name || displayName)
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
        group_id: draft.group?.id ?? '',
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
      {(hasGroups || form.values.group) && (
        <Picker
          label={say('requests.group')}
          problem={form.problemOf('group')}
          hint={say('requests.groupHint')}
          none={say('requests.noGroup')}
          chosen={form.values.group ? [form.values.group] : []}
          most={1}
          find={findGroups}
          keyOf={({ id }) => id}
          render={({ display_name: name, member_count: count }) =>
            say('requests.groupPeople', { name, count })
          }
          renderChosen={({ display_name }) => display_name}
          removeLabel={({ display_name: name }) => say('people.remove', { name })}
          onChange={([group]) => form.set({ group })}
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
