import { Search, SmilePlus } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { IconButton } from '../../../ui/Button.tsx'
import { emojiOf, isEmojiLoaded, loadEmoji } from '../../../ui/emoji/emoji.ts'
import { addEmoji } from './dialogs.ts'
import { EmojiGrid } from './EmojiGrid.tsx'
import styles from './EmojiPicker.module.css'
import { type Grid, gridOf, HEADING, LARGE, moved, SMALL, topOf } from './layout.ts'
import { Categories, Tones } from './PickerParts.tsx'
import { keepOnly, noteUse } from './recent.ts'
import { emojiRights } from './rights.ts'
import { type Group, type PickedEmoji, searched } from './table.ts'
import { chooseTone, inTone, skinTone, type Tone } from './tones.ts'
import { useSections } from './use-sections.ts'

/** No event tells of deleted emoji: those that are not in the list of all, which is loaded, are gone. */
const forgetDeleted = async (): Promise<void> => {
  await loadEmoji()
  if (isEmojiLoaded())
    keepOnly((name) => emojiOf(name) !== undefined || client.emoji.records.one(name) !== undefined)
}

type EmojiPickerProps = {
  /** Gets the name without colons. */
  choose(name: string): void
  /** Closes it: a dialog takes its place. */
  leave(): void
}

const MOVES = new Set(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp'])
const SIDEWAYS = new Set(['ArrowLeft', 'ArrowRight'])

/**
 * Finds an emoji by a word of German or English, by its group, or among those used last. The focus stays in the
 * field; arrow keys move in the grid.
 */
export const EmojiPicker = ({ choose, leave }: EmojiPickerProps) => {
  const say = useText()
  const id = useId()
  const [term, setTerm] = useState('')
  const [at, setAt] = useState(-1)
  const [isCoarse] = useState(() => matchMedia('(pointer: coarse)').matches)
  const size = isCoarse ? LARGE : SMALL
  const scroller = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const sections = useSections()
  const tone = useSource(skinTone)
  const { mayAdd } = useSource(emojiRights)
  const isSearch = term.trim() !== ''
  const grid = useMemo(() => {
    if (!isSearch) return gridOf(sections ?? [], true, size)
    // Those used last are also in their groups.
    const all = (sections ?? []).filter(({ group }) => group !== 'recent').flatMap(({ emoji }) => emoji)
    return gridOf([{ group: 'smileys', emoji: searched(all, term) }], false, size)
  }, [sections, term, isSearch, size])
  const active = isSearch && at < 0 ? 0 : at

  useEffect(() => {
    void attempt(async () => {
      await client.emoji.open()
      await forgetDeleted()
    })
    // On a touch screen the keyboard would hide the grid.
    if (!isCoarse) field.current?.focus()
  }, [isCoarse])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new search begins at the top
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0
  }, [term])

  const pick = (emoji: PickedEmoji | undefined): void => {
    if (!emoji) return
    const name = emoji.hasTones ? inTone(emoji.name, tone) : emoji.name
    noteUse(name)
    choose(name)
  }
  const go = (to: number): void => {
    setAt(to)
    reveal(scroller.current, grid, to)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const { key } = event
    const isAtEnd = event.currentTarget.selectionStart === term.length
    if (MOVES.has(key) || (SIDEWAYS.has(key) && active >= 0 && isAtEnd)) go(moved(grid, active, key))
    else if (key === 'Enter') pick(grid.cells[active])
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const toGroup = (group: Group): void => {
    const row = grid.rows.find((each) => each.kind === 'heading' && each.group === group)
    if (scroller.current) scroller.current.scrollTop = row?.top ?? 0
    setAt(-1)
  }
  const shown = grid.cells[active]

  return (
    <div className={styles.picker}>
      <div className={styles.search}>
        <Search size={16} strokeWidth={1.75} aria-hidden />
        <input
          ref={field}
          type="text"
          role="combobox"
          dir="auto"
          autoComplete="off"
          aria-label={say('emoji.search')}
          placeholder={say('emoji.search')}
          aria-expanded
          aria-haspopup="grid"
          aria-controls={`${id}-grid`}
          aria-activedescendant={shown ? `${id}-${active}` : undefined}
          value={term}
          onChange={(event) => {
            setTerm(event.target.value)
            setAt(-1)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {!isSearch && <Categories sections={sections ?? []} go={toGroup} />}
      {sections === undefined ? (
        <div className={styles.scroller}>
          <Busy />
        </div>
      ) : (
        <EmojiGrid id={id} ref={scroller} grid={grid} active={active} tone={tone} point={setAt} pick={pick} />
      )}
      {grid.cells.length === 0 && sections && (
        <p className={styles.none} role="status">
          {say('emoji.none')}
        </p>
      )}
      <footer className={styles.foot}>
        <p className={styles.shown} aria-hidden>
          {shown && (
            <>
              {shown.label} <small>:{shown.name}:</small>
            </>
          )}
        </p>
        <Tones tone={tone} choose={(next: Tone) => void attempt(() => chooseTone(next))} />
        {mayAdd && (
          <IconButton
            icon={SmilePlus}
            label={say('emoji.add')}
            onClick={() => {
              leave()
              addEmoji.open()
            }}
          />
        )}
      </footer>
    </div>
  )
}

/** Scrolls so far that a cell, and the heading above the first row, is in view. */
const reveal = (scroller: HTMLElement | null, grid: Grid, index: number): void => {
  if (!scroller || index < 0) return
  const top = topOf(grid, index)
  const { scrollTop, clientHeight } = scroller
  const { cell } = grid.size
  if (top - HEADING < scrollTop) scroller.scrollTop = top - HEADING
  else if (top + cell > scrollTop + clientHeight) scroller.scrollTop = top + cell - clientHeight
}
