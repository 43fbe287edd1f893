import type { Category } from '@plausch/wire'
import { useState } from 'react'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'

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
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)

  const save = async (): Promise<void> => {
    const display_name = name.trim()
    if (display_name === '') {
      setProblem(say('category.nameMissing'))
      return
    }
    setBusy(true)
    try {
      if (category) await client.categories.update(teamId, { id: category.id, display_name })
      else await client.categories.create(teamId, display_name, channelId ? [channelId] : [])
      close()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={say(category ? 'category.rename' : 'category.create')}
      hint={say('category.createHint')}
      onClose={close}
      onSubmit={() => void save()}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {say(category ? 'category.renameSubmit' : 'category.createSubmit')}
          </Button>
        </>
      }
    >
      <Field
        label={say('category.name')}
        maxLength={64}
        autoComplete="off"
        value={name}
        problem={problem}
        onChange={(event) => setName(event.target.value)}
      />
    </Dialog>
  )
}
