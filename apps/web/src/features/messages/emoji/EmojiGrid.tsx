import { type PointerEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { emojiOf } from '../../../ui/emoji/emoji.ts'
import styles from './EmojiPicker.module.css'
import { type Grid, HEADING, visibleRows } from './layout.ts'
import { pictureOf } from './picture.ts'
import type { PickedEmoji } from './table.ts'
import { inTone, type Tone } from './tones.ts'

type EmojiGridProps = {
  id: string
  ref: Ref<HTMLDivElement>
  grid: Grid
  /** The index of the cell that Enter chooses; -1 for none. */
  active: number
  tone: Tone
  point(index: number): void
  pick(emoji: PickedEmoji): void
}

const indexOf = (target: EventTarget): number => {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null
  return cell ? Number(cell.dataset.index) : -1
}

/** The grid of emoji. Only the rows in view are rendered: there are two thousand emoji. */
export const EmojiGrid = ({ id, ref, grid, active, tone, point, pick }: EmojiGridProps) => {
  const say = useText()
  const { columns, cell } = grid.size
  const scroller = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 360 })
  useImperativeHandle(ref, () => scroller.current as HTMLDivElement)
  useLayoutEffect(() => {
    const height = scroller.current?.clientHeight ?? 0
    if (height > 0) setView((before) => (before.height === height ? before : { ...before, height }))
  }, [])
  const first = view.top - (view.top % cell)

  return (
    <div
      ref={scroller}
      id={`${id}-grid`}
      role="grid"
      aria-label={say('emoji.picker')}
      aria-rowcount={grid.rows.length}
      aria-colcount={columns}
      className={styles.scroller}
      onScroll={(event) => {
        const { scrollTop: top, clientHeight: height } = event.currentTarget
        setView({ top, height })
      }}
      onPointerMove={(event: PointerEvent) => {
        const index = event.pointerType === 'mouse' ? indexOf(event.target) : -1
        if (index >= 0 && index !== active) point(index)
      }}
      onClick={(event) => {
        const emoji = grid.cells[indexOf(event.target)]
        if (emoji) pick(emoji)
      }}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
    >
      <div role="presentation" style={{ height: grid.height, position: 'relative' }}>
        {visibleRows(grid, first, view.height).map((row) =>
          row.kind === 'heading' ? (
            <div
              key={row.group}
              role="row"
              className={styles.heading}
              style={{ top: row.top, height: HEADING }}
            >
              <span role="columnheader" aria-colspan={columns}>
                {say(`emoji.group.${row.group}`)}
              </span>
            </div>
          ) : (
            <div
              key={row.top}
              role="row"
              className={styles.row}
              style={{
                top: row.top,
                height: cell,
                gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
              }}
            >
              {row.emoji.map((emoji, i) => (
                <Cell
                  key={emoji.name}
                  id={`${id}-${row.from + i}`}
                  index={row.from + i}
                  emoji={emoji}
                  tone={tone}
                  isActive={row.from + i === active}
                />
              ))}
            </div>
          ),
        )}
      </div>
    </div>
  )
}

type CellProps = { id: string; index: number; emoji: PickedEmoji; tone: Tone; isActive: boolean }

const Cell = ({ id, index, emoji, tone, isActive }: CellProps) => (
  <span
    id={id}
    role="gridcell"
    className={styles.cell}
    data-index={index}
    data-active={isActive ? '' : undefined}
    aria-selected={isActive}
    aria-label={emoji.label}
    title={emoji.label}
  >
    {emoji.customId === '' ? (
      <span aria-hidden>
        {emoji.hasTones ? (emojiOf(inTone(emoji.name, tone)) ?? emoji.text) : emoji.text}
      </span>
    ) : (
      <img src={pictureOf(emoji.customId)} alt="" width={24} height={24} loading="lazy" decoding="async" />
    )}
  </span>
)
