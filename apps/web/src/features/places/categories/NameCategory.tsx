import type { Category } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useForm } from '../../../ui/use-form.ts'

type NameCategoryProps = {
  teamId: string
  /** The category to rename; without one, a new one is made. */
  category?: Category
  /** Goes into the new category. */
  channelId?: string
  close(): void
}

/** Makes or renames a category. */
export const NameCategory = ({ teamId, category, channelId, close }: NameCategoryProps) => {
  const say = useText()
  const form = useForm(
    { name: category?.display_name ?? '' },
    { check: ({ name }) => ({ name: name.trim() === '' ? say('category.nameMissing') : '' }) },
  )
  const save = form.checked(({ name }) => {
    const display_name = name.trim()
    return category
      ? client.categories.update(teamId, { id: category.id, display_name })
      : client.categories.create(teamId, display_name, channelId ? [channelId] : [])
  })

  return (
    <FormDialog
      title={say(category ? 'category.rename' : 'category.create')}
      hint={say('category.createHint')}
      onClose={close}
      submitLabel={say(category ? 'category.renameSubmit' : 'category.createSubmit')}
      submit={save}
    >
      <Field {...form.text('name')} label={say('category.name')} maxLength={64} autoComplete="off" />
    </FormDialog>
  )
}
