/**
 * Dragging in the sidebar: channels into and within categories, and categories. The rows know nothing of it:
 * the list around them finds the row under the pointer, and marks it. Menus do the same by keyboard.
 */
import type { Category } from '@plausch/wire'
import type { DragEvent } from 'react'
import { attempt } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { categoriesOf, orderBeside, putBeside, putInto, takes } from './placing.ts'

type Dragged = { kind: 'channel' | 'category'; id: string; element: HTMLElement }

type Drop = { element: HTMLElement; mark: 'before' | 'after' | 'into'; run(): Promise<unknown> }

let dragged: Dragged | undefined
let marked: HTMLElement | undefined

const unmark = (): void => {
  delete marked?.dataset.drop
  marked = undefined
}

const closest = (event: DragEvent, selector: string): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null

const isLowerHalf = (event: DragEvent, element: HTMLElement): boolean => {
  const { top, height } = element.getBoundingClientRect()
  return event.clientY > top + height / 2
}

const onStart = (event: DragEvent): void => {
  const element = closest(event, '[data-channel], [data-category-heading]')
  const id = element?.dataset.channel ?? element?.dataset.categoryHeading
  if (!element || !id) return
  dragged = { kind: element.dataset.channel === undefined ? 'category' : 'channel', id, element }
  element.dataset.dragged = ''
  event.dataTransfer.effectAllowed = 'move'
}

/** Where a channel would land: beside the row under the pointer, or at the top of a category. */
const dropOfChannel = (event: DragEvent, teamId: string, id: string): Drop | undefined => {
  const group = closest(event, '[data-category]')
  const category = categoriesOf(teamId).find((each) => each.id === group?.dataset.category)
  const channel = client.channels.records.one(id)
  if (!group || !category || !channel || !takes(category, channel)) return undefined
  const row = closest(event, '[data-channel]')
  const neighbour = row?.dataset.channel
  if (!row || neighbour === undefined) {
    const heading = group.querySelector<HTMLElement>('[data-category-heading]') ?? group
    return { element: heading, mark: 'into', run: () => putInto(teamId, channel, category) }
  }
  if (neighbour === id) return undefined
  const isAfter = isLowerHalf(event, row)
  return {
    element: row,
    mark: isAfter ? 'after' : 'before',
    run: () => putBeside(teamId, id, category, neighbour, isAfter),
  }
}

const dropOfCategory = (event: DragEvent, teamId: string, id: string): Drop | undefined => {
  const group = closest(event, '[data-category]')
  const target: Category['id'] | undefined = group?.dataset.category
  if (!group || !target || target === id) return undefined
  const isAfter = isLowerHalf(event, group)
  return {
    element: group,
    mark: isAfter ? 'after' : 'before',
    run: () => orderBeside(teamId, id, target, isAfter),
  }
}

const dropOf = (event: DragEvent, teamId: string): Drop | undefined => {
  if (!dragged) return undefined
  return dragged.kind === 'channel'
    ? dropOfChannel(event, teamId, dragged.id)
    : dropOfCategory(event, teamId, dragged.id)
}

export type DragHandlers = {
  onDragStart(event: DragEvent): void
  onDragOver(event: DragEvent): void
  onDragLeave(event: DragEvent): void
  onDrop(event: DragEvent): void
  onDragEnd(): void
}

/** Properties for the list of a team's categories. */
export const dragHandlers = (teamId: string): DragHandlers => ({
  onDragStart: onStart,
  onDragOver(event) {
    const drop = dropOf(event, teamId)
    if (marked !== drop?.element) unmark()
    if (!drop) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'move'
    drop.element.dataset.drop = drop.mark
    marked = drop.element
  },
  onDragLeave(event) {
    if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) unmark()
  },
  onDrop(event) {
    const drop = dropOf(event, teamId)
    unmark()
    if (!drop) return
    event.preventDefault()
    void attempt(drop.run)
  },
  onDragEnd() {
    unmark()
    delete dragged?.element.dataset.dragged
    dragged = undefined
  },
})
