import type { Post } from '@plausch/wire'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { attempt } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Menu } from '../../../ui/Menu.tsx'
import styles from './Attachments.module.css'
import type { Action } from './attachments.ts'
import { chooseOption } from './dialogs.ts'

type ActionsProps = { post: Post; actions: readonly Action[] }

/** The buttons and menus of an attachment. */
export const Actions = ({ post, actions }: ActionsProps) => (
  <div className={styles.actions}>
    {actions.map((action) =>
      action.kind === 'select' ? (
        <Choice key={action.id} post={post} action={action} />
      ) : (
        <Press key={action.id} post={post} action={action} />
      ),
    )}
  </div>
)

/** Presses one after the other: the button is busy until the integration has answered. */
const usePress = (post: Post, { id, cookie }: Action) => {
  const [isBusy, setBusy] = useState(false)
  const press = async (option = ''): Promise<void> => {
    setBusy(true)
    await attempt(() => client.interactions.press(post, id, { option, cookie }))
    setBusy(false)
  }
  return { isBusy, press }
}

type ActionProps = { post: Post; action: Action }

const Press = ({ post, action }: ActionProps) => {
  const { isBusy, press } = usePress(post, action)
  return (
    <Button
      kind={action.look}
      isBusy={isBusy}
      disabled={action.isDisabled}
      data-tip={action.tip || undefined}
      onClick={() => void press()}
    >
      {action.name}
    </Button>
  )
}

/** A longer list is searched in a dialog. */
const MOST = 12

const Choice = ({ post, action }: ActionProps) => {
  const { name, options, source, initial, isDisabled } = action
  const { isBusy, press } = usePress(post, action)
  const [chosen, setChosen] = useState(initial)
  const [words, setWords] = useState('')
  const choose = (value: string, text: string): void => {
    setChosen(value)
    setWords(text)
    void press(value)
  }
  const label = words || options.find(({ value }) => value === chosen)?.text || name
  if (source !== '' || options.length > MOST)
    return (
      <Button
        isBusy={isBusy}
        disabled={isDisabled}
        onClick={() => chooseOption.open({ title: name, source, options, choose })}
      >
        <Label text={label} />
      </Button>
    )
  return (
    <Menu
      label={name}
      items={options.map(({ text, value }) => ({
        label: text,
        isChosen: value === chosen,
        run: () => choose(value, text),
      }))}
      button={(props) => (
        <Button {...props} isBusy={isBusy} disabled={isDisabled}>
          <Label text={label} />
        </Button>
      )}
    />
  )
}

const Label = ({ text }: { text: string }) => (
  <span className={styles.choice}>
    {text}
    <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
  </span>
)
