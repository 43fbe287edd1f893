import type { Feature } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'
import { preferenceActions } from './actions.ts'
import { followClock, showLook } from './look.ts'

export const preferences: Feature = {
  name: 'preferences',
  actions: preferenceActions,
  background: [showLook, followClock],
  settings: [
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
  ],
}
