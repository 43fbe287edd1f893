import { useState } from 'react'
import { readTheme, themeSheet } from '../../../browser/own-theme.ts'
import { setOwnTheme } from '../../../browser/theme.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Area } from '../../../ui/Field.tsx'

/** The theme that v4's clients keep for the account, if there is one. */
const keptTheme = (): string =>
  client.preferences.records.get().find(({ category }) => category === 'theme')?.value ?? ''

/** Takes over a theme of Mattermost: its JSON, pasted or the one that the account already has. */
export const ImportTheme = ({ close }: { close(): void }) => {
  const say = useText()
  const [text, setText] = useState(keptTheme)
  const [problem, setProblem] = useState('')
  const save = (): void => {
    const found = readTheme(text)
    if (!found) {
      setProblem(say('theme.unreadable'))
      return
    }
    setOwnTheme(themeSheet(found))
    close()
  }
  return (
    <Dialog
      title={say('theme.import')}
      hint={say('theme.importHint')}
      onClose={close}
      onSubmit={save}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit">
            {say('theme.use')}
          </Button>
        </>
      }
    >
      <Area
        label={say('theme.json')}
        hint={say('theme.jsonHint')}
        problem={problem}
        rows={8}
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setProblem('')
        }}
      />
    </Dialog>
  )
}
