/** Actions in use: which ones are offered for a subject, as menus and toolbars show them. */
import { type Source, sameFields, select } from '@plausch/client'
import { useMemo } from 'react'
import { useSource } from '../browser/use-source.ts'
import { attempt, say, type TextId, type TextValues } from '../i18n/text.ts'
import { keyName } from '../ui/key-name.ts'
import type { MenuItem } from '../ui/Menu.tsx'
import type { Action, Kind, Read, Subjects, Surface } from './action.ts'
import { partsOf, rest } from './feature.ts'

const USUAL: readonly Surface[] = ['menu', 'palette']

/** All actions of a kind that are loaded, in the order of the features. */
export const actionsOn = <K extends Kind>(kind: K): readonly Action<K>[] =>
  // An action whose kind this is takes subjects of this kind.
  partsOf('actions').filter(({ on }) => on === kind) as unknown as readonly Action<K>[]

/** Does an action, and shows a notice if it fails. */
export const perform = <K extends Kind>(it: Action<K>, subject: Subjects[K]): void =>
  void attempt(() => it.run(subject))

/** An action as it is shown for a subject now. */
export type Shown<K extends Kind = Kind> = {
  action: Action<K>
  label: TextId
  hindrance: TextId | ''
  /** The values of the text of the hindrance. */
  hindranceValues: TextValues | undefined
  isOn: boolean | undefined
}

const shownOf = <K extends Kind>(it: Action<K>, subject: Subjects[K], read: Read): Shown<K> => {
  const reason = it.hindrance?.(subject, read) || ''
  return {
    action: it,
    label: it.labelFor?.(subject, read) ?? it.label,
    hindrance: typeof reason === 'string' ? reason : reason.id,
    hindranceValues: typeof reason === 'string' ? undefined : reason.values,
    isOn: it.isOn?.(subject, read),
  }
}

const sameShown = (a: Shown, b: Shown): boolean =>
  a.action === b.action &&
  a.label === b.label &&
  a.hindrance === b.hindrance &&
  sameFields(a.hindranceValues ?? {}, b.hindranceValues ?? {}) &&
  a.isOn === b.isOn

/** The actions that are offered for a subject, as a source. Those of the group `end` come last. */
export const shownOn = <K extends Kind>(
  kind: K,
  subject: Subjects[K],
  surface: Surface,
): Source<readonly Shown<K>[]> =>
  select(
    (read) => {
      read(rest)
      return actionsOn(kind)
        .filter((each) => (each.shownIn ?? USUAL).includes(surface))
        .filter((each) => each.when?.(subject, read) ?? true)
        .toSorted((a, b) => Number(a.group === 'end') - Number(b.group === 'end'))
        .map((each) => shownOf(each, subject, read))
    },
    (a, b) => a.length === b.length && a.every((each, i) => sameShown(each as Shown, b[i] as Shown)),
  )

/** The actions that are offered for a subject, in a component. */
export const useActions = <K extends Kind>(
  kind: K,
  subject: Subjects[K],
  surface: Surface,
): readonly Shown<K>[] => useSource(useMemo(() => shownOn(kind, subject, surface), [kind, subject, surface]))

/** The items of a menu for these actions, with lines between their groups. */
export const menuItems = <K extends Kind>(
  shown: readonly Shown<K>[],
  subject: Subjects[K],
): readonly MenuItem[] =>
  shown.flatMap(({ action: it, label, hindrance, hindranceValues, isOn }, i): MenuItem[] => {
    const before = shown[i - 1]?.action
    const item: MenuItem = {
      label: say(label),
      hint: hindrance === '' ? undefined : say(hindrance, hindranceValues),
      isDisabled: hindrance !== '',
      icon: it.icon,
      keys: it.keys === undefined ? undefined : keyName(it.keys),
      isDanger: it.isDanger,
      isChosen: isOn,
      run: () => perform(it, subject),
    }
    return before && before.group !== it.group ? [{ kind: 'line' }, item] : [item]
  })
