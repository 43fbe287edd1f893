/** Ways into the settings. */
import { Settings as SettingsIcon } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { settings } from './dialogs.ts'

export const preferenceActions: readonly Action[] = [
  action({
    on: 'app',
    name: 'preferences.show',
    label: 'settings.title',
    icon: SettingsIcon,
    keys: 'Ctrl+,',
    slash: 'settings',
    group: 'settings',
    run: () => settings.open(),
  }),
]
