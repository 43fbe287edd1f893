import { readTheme, themeSheet } from '../../../browser/own-theme.ts'
import { setOwnTheme } from '../../../browser/theme.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Area } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useForm } from '../../../ui/use-form.ts'

/** The theme that v4's clients keep for the account, if there is one. */
const keptTheme = (): string =>
  client.preferences.records.get().find(({ category }) => category === 'theme')?.value ?? ''

/** Takes over a theme of Mattermost: its JSON, pasted or the one that the account already has. */
export const ImportTheme = ({ close }: { close(): void }) => {
  const say = useText()
  const form = useForm(() => ({ text: keptTheme() }), {
    check: ({ text }) => ({ text: readTheme(text) ? '' : say('theme.unreadable') }),
  })
  const save = form.checked(({ text }) => {
    const found = readTheme(text)
    if (found) setOwnTheme(themeSheet(found))
  })
  return (
    <FormDialog
      title={say('theme.import')}
      hint={say('theme.importHint')}
      onClose={close}
      submitLabel={say('theme.use')}
      submit={save}
    >
      <Area
        {...form.text('text')}
        label={say('theme.json')}
        hint={say('theme.jsonHint')}
        rows={8}
        spellCheck={false}
      />
    </FormDialog>
  )
}
