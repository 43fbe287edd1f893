import { useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Picker } from '../../../ui/Picker.tsx'
import { type Choosable, findOptions } from './options.ts'

type ChooseOptionProps = {
  title: string
  source: string
  options: readonly Choosable[]
  choose(value: string, text: string): void
  close(): void
}

/** One of many options of an integration's menu. */
export const ChooseOption = ({ title, source, options, choose, close }: ChooseOptionProps) => {
  const say = useText()
  const [chosen, setChosen] = useState<readonly Choosable[]>([])
  const [one] = chosen
  return (
    <Dialog
      title={title}
      onClose={close}
      onSubmit={() => {
        if (!one) return
        choose(one.value, one.text)
        close()
      }}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit" disabled={!one}>
            {say('interactions.choose')}
          </Button>
        </>
      }
    >
      <Picker
        label={title}
        chosen={chosen}
        most={1}
        none={say('interactions.none')}
        find={(term) => findOptions(source, options, term)}
        onChange={setChosen}
        keyOf={({ value }) => value}
        render={({ text }) => <span>{text}</span>}
        renderChosen={({ text }) => text}
        removeLabel={({ text }) => say('interactions.remove', { name: text })}
      />
    </Dialog>
  )
}
