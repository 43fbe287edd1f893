/**
 * Keeps the reader's scroll position while the list changes: rows come and go, heights become known, the
 * composer grows. Some browsers have no scroll anchoring, and none has it at the very top; so it is switched
 * off (`overflow-anchor`) and done here, before painting.
 */
/**
 * An event of an element in the list: what follows is the reader's wish, such as unfolding a text, so the
 * element's row stays where it begins, even at the end of the list.
 */
export const HOLD = 'plausch-hold'

/** A row, and how far below the upper edge of the list it begins. */
export type Place = { key: string; offset: number }

/** Within this distance of the end, the list follows new messages (Mattermost and Campfire use 100 px). */
const NEAR_END = 100

const rowsOf = (content: HTMLElement): HTMLElement[] =>
  [...content.children].filter((row) => row instanceof HTMLElement)

/** A date or the line belongs above whatever is the first row after it, so it may move to another row. */
const isMovable = (row: HTMLElement): boolean => row.dataset.movable !== undefined

/** The first row that ends below an edge, by halving; the last row if none does. */
const firstBelow = (rows: readonly HTMLElement[], edge: number): number => {
  let low = 0
  let high = rows.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) > edge) high = middle
    else low = middle + 1
  }
  return low
}

export class ScrollKeeper {
  readonly #scroller: HTMLElement
  readonly #content: HTMLElement
  readonly #observer: ResizeObserver
  /** The rows in view, the first choice first: a later one counts if those before it are gone. */
  #places: readonly Place[] = []
  #fromEnd: number | undefined = 0
  #scrollTop = 0
  #lastKey = ''
  #seen = ''
  /** The last row, and how far its end was below that of the visible part. */
  #last: Element | null = null
  #sunk = 0
  /** Is the list's last row the channel's last? Only then is there an end to follow. */
  isComplete = true
  onMove: () => void = () => undefined

  constructor(scroller: HTMLElement, content: HTMLElement) {
    this.#scroller = scroller
    this.#content = content
    this.#observer = new ResizeObserver(() => this.restore())
    this.#observer.observe(content)
    this.#observer.observe(scroller)
    scroller.addEventListener('scroll', this.#scrolled, { passive: true })
    content.addEventListener(HOLD, this.#hold)
  }

  end(): void {
    this.#observer.disconnect()
    this.#scroller.removeEventListener('scroll', this.#scrolled)
    this.#content.removeEventListener(HOLD, this.#hold)
  }

  get #distance(): number {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller
    return scrollHeight - scrollTop - clientHeight
  }

  get isAtEnd(): boolean {
    return this.isComplete && this.#fromEnd !== undefined
  }

  get toTop(): number {
    return this.#scroller.scrollTop
  }

  get toBottom(): number {
    return this.#distance
  }

  /** The reader's place; undefined at the end. */
  get place(): Place | undefined {
    return this.isAtEnd ? undefined : this.#present
  }

  #scrolled = (): void => {
    // If sizes changed at this moment, rows moved, too: only what the reader scrolled may remain of that.
    const isByReader = this.#scroller.scrollTop !== this.#scrollTop && this.#sizes() === this.#seen
    if (isByReader) this.#remember()
    else this.restore()
    this.onMove()
  }

  #hold = (event: Event): void => {
    const held = rowsOf(this.#content).find(
      (row) => event.target instanceof Node && row.contains(event.target),
    )
    this.#remember()
    if (held) this.#places = [this.#placeOf(held), ...this.#places]
    this.#fromEnd = undefined
  }

  #sizes(): string {
    return `${this.#scroller.clientHeight}/${this.#scroller.scrollHeight}`
  }

  #placeOf(row: HTMLElement): Place {
    return { key: row.dataset.key ?? '', offset: this.#offsetOf(row) }
  }

  /**
   * Notes the rows in view. A row that is cut off at the upper edge is the last choice: if it grows, what is
   * below it stays.
   */
  #remember(): void {
    const distance = this.#distance
    this.#fromEnd = this.isComplete && distance <= NEAR_END ? Math.max(0, distance) : undefined
    const { top, bottom } = this.#scroller.getBoundingClientRect()
    const rows = rowsOf(this.#content).filter((row) => !isMovable(row))
    const seen: Place[] = []
    for (let at = firstBelow(rows, top); at < rows.length; at++) {
      const place = this.#placeOf(rows[at] as HTMLElement)
      if (seen.length > 0 && place.offset >= bottom - top) break
      seen.push(place)
    }
    const isCut = seen.length > 1 && (seen[0]?.offset ?? 0) < 0
    this.#places = isCut ? [...seen.slice(1), ...seen.slice(0, 1)] : seen
    this.#note()
  }

  /** What is so now is what the reader has seen. */
  #note(): void {
    this.#scrollTop = this.#scroller.scrollTop
    this.#seen = this.#sizes()
    this.#last = this.#content.lastElementChild
    this.#sunk = this.#depthOf(this.#last)
  }

  #depthOf(row: Element | null): number {
    return (row?.getBoundingClientRect().bottom ?? 0) - this.#scroller.getBoundingClientRect().bottom
  }

  #row(key: string): HTMLElement | null {
    return this.#content.querySelector<HTMLElement>(`:scope > [data-key="${CSS.escape(key)}"]`)
  }

  /** The first choice of the rows that are still there. */
  get #present(): Place | undefined {
    return this.#places.find(({ key }) => this.#row(key) !== null)
  }

  /** How far the reader has scrolled since the list was last noted: the event may still be on the way. */
  get #moved(): number {
    const moved = this.#scroller.scrollTop - this.#scrollTop
    // At the end, rows whose heights become known make the list shorter, and the browser scrolls it: then the
    // last row stays where it was. The reader scrolls it out of view.
    if (moved < 0 && this.#fromEnd !== undefined && this.#last?.isConnected)
      return Math.max(moved, Math.min(0, this.#sunk - this.#depthOf(this.#last)))
    // A list that became shorter cannot be scrolled so far any more, which is not the reader's wish.
    return moved < 0 && this.#distance <= 0.5 ? 0 : moved
  }

  /** Restores the reader's place; at the end, scrolls to new rows. */
  restore(): void {
    const last = rowsOf(this.#content).at(-1)?.dataset.key ?? ''
    const moved = this.#moved
    if (this.#fromEnd !== undefined && moved < 0)
      this.#fromEnd = this.#fromEnd - moved <= NEAR_END ? this.#fromEnd - moved : undefined
    const isFollowing = this.isComplete && this.#fromEnd !== undefined
    if (isFollowing) {
      if (last !== this.#lastKey) this.#fromEnd = 0
      const change = this.#distance - (this.#fromEnd ?? 0)
      if (Math.abs(change) > 0.5) this.#scroller.scrollTop += change
    } else {
      const place = this.#present
      const row = place && this.#row(place.key)
      const change = row ? this.#offsetOf(row) - (place.offset - moved) : 0
      if (Math.abs(change) > 0.5) this.#scroller.scrollTop += change
    }
    this.#lastKey = last
    if (moved === 0) this.#note()
    else this.#remember()
  }

  #offsetOf(row: HTMLElement): number {
    return row.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top
  }

  toEnd(): void {
    this.#fromEnd = 0
    this.#scroller.scrollTop = this.#scroller.scrollHeight
    this.#note()
  }

  /** Scrolls to a row, so that it is `offset` pixels below the upper edge. False if the row is not there. */
  toPlace({ key, offset }: Place): boolean {
    const row = this.#row(key)
    if (!row) return false
    this.#scroller.scrollTop += this.#offsetOf(row) - offset
    this.#remember()
    // This row stays, whatever heights the rows beside it turn out to have.
    this.#places = [this.#placeOf(row), ...this.#places]
    return true
  }

  /** Scrolls a row into the middle. */
  toMiddle(key: string): boolean {
    const row = this.#row(key)
    const room = this.#scroller.clientHeight - (row?.offsetHeight ?? 0)
    return this.toPlace({ key, offset: Math.max(16, room / 3) })
  }

  /** Is any part of a row visible? */
  shows(key: string): boolean {
    const row = this.#row(key)
    if (!row) return false
    const offset = this.#offsetOf(row)
    return offset + row.offsetHeight > 0 && offset < this.#scroller.clientHeight
  }

  /** Is a row above the visible part? */
  isAbove(key: string): boolean {
    const row = this.#row(key)
    return row !== null && this.#offsetOf(row) < 0
  }
}
