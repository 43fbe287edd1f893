/**
 * Colours code without changing the page's elements: the text stays one text, and the browser paints stretches
 * of it (CSS custom highlights). So nothing moves, and what is selected stays selected. Code is coloured when
 * it first comes into view.
 */
import { type CodeAnswer, type CodeQuestion, MARKS } from './code-marks.ts'

/** Older browsers show code in one colour. */
const canPaint = 'highlights' in CSS && typeof Highlight === 'function'

let worker: Worker | undefined
let last = 0
const waiting = new Map<number, (stretches: Uint32Array) => void>()

const ask = (language: string, text: string, answered: (stretches: Uint32Array) => void): number => {
  if (!worker) {
    worker = new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<CodeAnswer>) => {
      waiting.get(data.id)?.(data.stretches)
      waiting.delete(data.id)
    })
  }
  const question: CodeQuestion = { id: ++last, language, text }
  waiting.set(question.id, answered)
  worker.postMessage(question)
  return question.id
}

const highlightFor = (mark: string): Highlight => {
  const name = `code-${mark}`
  const known = CSS.highlights.get(name)
  if (known) return known
  const made = new Highlight()
  CSS.highlights.set(name, made)
  return made
}

/** Paints stretches of a text; returns a function that takes the paint off. */
const paint = (node: Text, stretches: Uint32Array): (() => void) => {
  const painted: [Highlight, Range][] = []
  for (let i = 0; i + 2 < stretches.length; i += 3) {
    const [from = 0, to = 0, mark = 0] = stretches.subarray(i, i + 3)
    if (to > node.length) break
    const range = new Range()
    range.setStart(node, from)
    range.setEnd(node, to)
    const highlight = highlightFor(MARKS[mark] ?? '')
    highlight.add(range)
    painted.push([highlight, range])
  }
  return () => {
    for (const [highlight, range] of painted) highlight.delete(range)
  }
}

const shown = new Map<Element, () => void>()
let watcher: IntersectionObserver | undefined

/** Calls `seen` once, when the element comes into view. */
const whenSeen = (element: Element, seen: () => void): (() => void) => {
  watcher ??= new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue
      watcher?.unobserve(target)
      shown.get(target)?.()
      shown.delete(target)
    }
  })
  shown.set(element, seen)
  watcher.observe(element)
  return () => {
    watcher?.unobserve(element)
    shown.delete(element)
  }
}

/**
 * Colours the text of an element, which has nothing else in it, when it comes into view. Returns a function
 * that takes the colours off.
 */
export const colour = (element: HTMLElement, language: string, text: string): (() => void) => {
  const node = element.firstChild
  if (!canPaint || !(node instanceof Text)) return () => undefined
  let clean = (): void => undefined
  let asked = 0
  const unwatch = whenSeen(element, () => {
    asked = ask(language, text, (stretches) => {
      clean = paint(node, stretches)
    })
  })
  return () => {
    unwatch()
    waiting.delete(asked)
    clean()
  }
}
