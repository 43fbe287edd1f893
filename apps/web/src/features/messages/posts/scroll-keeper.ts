/**
 * Keeps the reader's scroll position while the list changes: rows come and go, heights become known, the
 * composer grows. Some browsers have no scroll anchoring, and none has it at the very top; so it is switched
 * off (`overflow-anchor`) and done here, before painting.
 */
/**
 * An event of an element in the list: what follows is the reader's wish, such as unfolding a text, so the row
 * at the upper edge stays, even at the end of the list.
 */
export const HOLD = 'plausch-hold'

export type Place = { key: string; offset: number }

/** Within this distance of the end, the list follows new messages (Mattermost and Campfire use 100 px). */
const NEAR_END = 100

const rowsOf = (content: HTMLElement): HTMLElement[] =>
  [...content.children].filter((row) => row instanceof HTMLElement)

export class ScrollKeeper {
  readonly #scroller: HTMLElement
  readonly #content: HTMLElement
  readonly #observer: ResizeObserver
  #place: Place | undefined
  #fromEnd: number | undefined = 0
  #lastKey = ''
  #seen = ''
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
    return this.isAtEnd ? undefined : this.#place
  }

  #scrolled = (): void => {
    // If sizes changed at this moment, things moved without the reader: the earlier place is the right one.
    if (this.#sizes() === this.#seen) this.#remember()
    else this.restore()
    this.onMove()
  }

  #hold = (): void => {
    this.#remember()
    this.#fromEnd = undefined
    this.#seen = this.#sizes()
  }

  #sizes(): string {
    return `${this.#scroller.clientHeight}/${this.#scroller.scrollHeight}`
  }

  #remember(): void {
    const distance = this.#distance
    this.#fromEnd = this.isComplete && distance <= NEAR_END ? Math.max(0, distance) : undefined
    const rows = rowsOf(this.#content)
    const top = this.#scroller.getBoundingClientRect().top
    let low = 0
    let high = rows.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) > top) high = middle
      else low = middle + 1
    }
    const row = rows[low]
    this.#place = row
      ? { key: row.dataset.key ?? '', offset: row.getBoundingClientRect().top - top }
      : undefined
  }

  #row(key: string): HTMLElement | null {
    return this.#content.querySelector<HTMLElement>(`:scope > [data-key="${CSS.escape(key)}"]`)
  }

  /** Restores the reader's place; at the end, scrolls to new rows. */
  restore(): void {
    const last = rowsOf(this.#content).at(-1)?.dataset.key ?? ''
    const isFollowing = this.isComplete && this.#fromEnd !== undefined
    if (isFollowing) {
      if (last !== this.#lastKey) this.#fromEnd = 0
      const change = this.#distance - (this.#fromEnd ?? 0)
      if (Math.abs(change) > 0.5) this.#scroller.scrollTop += change
    } else if (this.#place) {
      const row = this.#row(this.#place.key)
      const change = row ? this.#offsetOf(row) - this.#place.offset : 0
      if (Math.abs(change) > 0.5) this.#scroller.scrollTop += change
    }
    this.#lastKey = last
    this.#seen = this.#sizes()
  }

  #offsetOf(row: HTMLElement): number {
    return row.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top
  }

  toEnd(): void {
    this.#fromEnd = 0
    this.#scroller.scrollTop = this.#scroller.scrollHeight
    this.#seen = this.#sizes()
  }

  /** Scrolls to a row, so that it is `offset` pixels below the upper edge. False if the row is not there. */
  toPlace({ key, offset }: Place): boolean {
    const row = this.#row(key)
    if (!row) return false
    this.#scroller.scrollTop += this.#offsetOf(row) - offset
    this.#seen = this.#sizes()
    this.#remember()
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
