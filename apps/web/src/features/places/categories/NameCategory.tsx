import type { Category } from '@plausch/wire'
import { useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'

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
  const [name, setName] = useState(category?.display_name ?? '')
  const [isMissing, setMissing] = useState(false)

  const save = async (): Promise<unknown> => {
    const display_name = name.trim()
    setMissing(display_name === '')
    if (display_name === '') return false
    return category
      ? await client.categories.update(teamId, { id: category.id, display_name })
      : await client.categories.create(teamId, display_name, channelId ? [channelId] : [])
  }

  return (
    <FormDialog
      title={say(category ? 'category.rename' : 'category.create')}
      hint={say('category.createHint')}
      onClose={close}
      submitLabel={say(category ? 'category.renameSubmit' : 'category.createSubmit')}
      submit={save}
    >
      <Field
        label={say('category.name')}
        maxLength={64}
        autoComplete="off"
        value={name}
        problem={isMissing ? say('category.nameMissing') : ''}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  )
}
