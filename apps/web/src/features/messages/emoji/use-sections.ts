/** The picker's groups: those used last, the custom ones, and all others. */
import { useEffect, useMemo, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { language } from '../../../i18n/language.ts'
import { attempt } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import type { Section } from './layout.ts'
import { recentEmoji } from './recent.ts'
import { customOf, emojiTable, GROUPS, type PickedEmoji } from './table.ts'

/** Names with a skin tone belong to the emoji without. */
const plain = (name: string): string =>
  name.replace(/(?:_(?:light|medium_light|medium|medium_dark|dark)_skin_tone)+$/, '')

/** Undefined until the table is loaded. */
export const useSections = (): readonly Section[] | undefined => {
  const current = useSource(language)
  const [table, setTable] = useState<readonly PickedEmoji[]>()
  const custom = useSource(client.emoji.records)
  // What is used while the picker is open moves no cell.
  const [recent] = useState(recentEmoji.get)

  useEffect(() => {
    let isCurrent = true
    void attempt(async () => {
      const loaded = await emojiTable(current)
      if (isCurrent) setTable(loaded)
    })
    return () => {
      isCurrent = false
    }
  }, [current])

  return useMemo(() => {
    if (!table) return undefined
    const own = custom.map(customOf).sort((a, b) => a.name.localeCompare(b.name))
    const byName = new Map([...own, ...table].map((emoji) => [emoji.name, emoji]))
    const used = [...new Set(recent.map(plain))].flatMap((name) => byName.get(name) ?? [])
    return [
      { group: 'recent', emoji: used },
      ...GROUPS.map((group) => ({ group, emoji: table.filter((each) => each.group === group) })),
      { group: 'custom', emoji: own },
    ]
  }, [table, custom, recent])
}
