import type { Category } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Confirm } from '../../../ui/Confirm.tsx'

type RemoveCategoryProps = { category: Category; close(): void }

/** Asks before a category is deleted. */
export const RemoveCategory = ({ category, close }: RemoveCategoryProps) => {
  const say = useText()
  return (
    <Confirm
      title={say('category.removeTitle', { name: category.display_name })}
      lead={say('category.removeLead')}
      action={say('category.removeSubmit')}
      isDanger
      run={() => client.categories.remove(category.team_id, category.id)}
      onClose={close}
    />
  )
}
