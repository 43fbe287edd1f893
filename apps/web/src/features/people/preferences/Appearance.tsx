import { hasOwnTheme, setTheme, type Theme, theme } from '../../../browser/theme.ts'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { choices } from '../../../platform/choices.ts'
import { client } from '../../../platform/client.ts'
import { AccountOptions, ChoiceRow, type OptionText, Row } from '../../../platform/settings/Rows.tsx'
import { Button } from '../../../ui/Button.tsx'
import { importTheme } from './dialogs.ts'

const THEMES: readonly OptionText<Theme>[] = [
  { value: 'system', label: 'theme.system' },
  { value: 'light', label: 'theme.light' },
  { value: 'dark', label: 'theme.dark' },
  { value: 'contrast', label: 'theme.contrast' },
]

/** Colours, clock, density, names. */
export const Appearance = () => {
  const say = useText()
  const current = useSource(theme)
  const config = useSource(client.settings.config)
  const mayImport = config.EnableThemeSelection !== 'false' && config.AllowCustomThemes !== 'false'
  const own: readonly OptionText<Theme>[] = hasOwnTheme() ? [{ value: 'own', label: 'theme.own' }] : []
  return (
    <>
      <ChoiceRow
        label="theme.label"
        value={current}
        options={[...THEMES, ...own]}
        save={async (next) => setTheme(next)}
      />
      {mayImport && (
        <Row finds={['theme.import', 'theme.importHint']}>
          <Button onClick={() => importTheme.open()}>{say('theme.import')}</Button>
        </Row>
      )}
      <AccountOptions
        label="density.label"
        of={choices.density}
        options={[
          { value: 'clean', label: 'density.usual' },
          { value: 'compact', label: 'density.compact', hint: 'density.compactHint' },
        ]}
      />
      <AccountOptions
        label="clock.label"
        of={choices.clock}
        options={[
          { value: '', label: 'clock.usual' },
          { value: 'true', label: 'clock.long' },
          { value: 'false', label: 'clock.short' },
        ]}
      />
      {config.LockTeammateNameDisplay !== 'true' && (
        <AccountOptions
          label="nameForm.label"
          of={choices.nameForm}
          isLong
          options={[
            { value: '', label: 'nameForm.usual' },
            { value: 'full_name', label: 'nameForm.full' },
            { value: 'nickname_full_name', label: 'nameForm.nickname' },
            { value: 'username', label: 'nameForm.username' },
          ]}
        />
      )}
    </>
  )
}
