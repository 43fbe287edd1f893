/** The way into the settings, and most of their sections. */
import { Settings as SettingsIcon } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { dialog } from '../../../platform/dialogs.ts'
import type { SettingsSection } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

const settingsDialog = dialog(async () => (await import('./Settings.tsx')).Settings)

export const actions: readonly Action[] = [
  action({
    on: 'app',
    name: 'preferences.show',
    label: 'settings.title',
    icon: SettingsIcon,
    keys: 'Ctrl+,',
    slash: 'settings',
    group: 'settings',
    run: () => settingsDialog.open(),
  }),
]

export const settings: readonly SettingsSection[] = [
  {
    name: 'appearance',
    title: 'settings.appearance',
    finds: [
      'theme.label',
      'theme.contrast',
      'theme.own',
      'theme.import',
      'clock.label',
      'density.label',
      'nameForm.label',
    ],
    Section: later(async () => (await import('./Appearance.tsx')).Appearance),
  },
  {
    name: 'language',
    title: 'entry.language',
    finds: ['language.hint'],
    Section: later(async () => (await import('./LanguageSection.tsx')).LanguageSection),
  },
  {
    name: 'messages',
    title: 'settings.messages',
    finds: [
      ...(['opensAt.label', 'opensAt.leftOff', 'opensAt.newest', 'replies.label', 'replies.hint'] as const),
      ...([
        'previews.label',
        'pictures.label',
        'ctrlEnter.label',
        'typing.label',
        'joinLeave.label',
      ] as const),
    ],
    Section: later(async () => (await import('./Messages.tsx')).Messages),
  },
  {
    name: 'sidebar',
    title: 'settings.sidebar',
    finds: ['unreadGroup.label', 'mostDirect.label'],
    Section: later(async () => (await import('./SidebarSection.tsx')).SidebarSection),
  },
  {
    name: 'accessibility',
    title: 'settings.accessibility',
    finds: ['speak.label', 'speak.hint', 'singleKeys.label', 'singleKeys.hint'],
    Section: later(async () => (await import('./Accessibility.tsx')).Accessibility),
  },
  {
    name: 'keys',
    title: 'shortcuts.title',
    finds: ['shortcuts.everywhere', 'shortcuts.inChannel', 'shortcuts.onMessage'],
    Section: later(async () => (await import('./KeysSection.tsx')).KeysSection),
  },
  {
    name: 'advanced',
    title: 'settings.advanced',
    finds: ['lastActive.label', 'lastActive.hint'],
    Section: later(async () => (await import('./Advanced.tsx')).Advanced),
  },
]
