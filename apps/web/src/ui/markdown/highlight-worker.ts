/**
 * Finds the words to colour in code. It runs beside the page, so that no code, however long, holds the page
 * up. Each language is loaded when a message first uses it.
 */
import hljs from 'highlight.js/lib/core'
import type { CodeAnswer, CodeQuestion } from './code-marks.ts'
import { languageOf, markOf } from './languages.ts'

/** A stretch of the text with a mark: from, to, number of the mark. */
type Stretch = [from: number, to: number, mark: number]

const known = new Map<string, Promise<boolean>>()

const load = (name: string): Promise<boolean> => {
  const loading = known.get(name) ?? loadOnce(name)
  known.set(name, loading)
  return loading
}

const loadOnce = async (name: string): Promise<boolean> => {
  const language = languageOf(name)
  if (!language) return false
  hljs.registerLanguage(name, (await language()).default)
  return true
}

/** Collects stretches instead of HTML, which is what the library makes otherwise. */
class Stretches {
  readonly #open: string[] = []
  readonly found: Stretch[] = []
  #at = 0

  startScope(name: string): void {
    this.#open.push(name)
  }

  endScope(): void {
    this.#open.pop()
  }

  openNode(name: string): void {
    this.startScope(name)
  }

  closeNode(): void {
    this.endScope()
  }

  addText(text: string): void {
    const from = this.#at
    this.#at += text.length
    const mark = this.#open.map(markOf).findLast((each) => each >= 0) ?? -1
    const last = this.found.at(-1)
    if (mark < 0) return
    if (last && last[1] === from && last[2] === mark) last[1] = this.#at
    else this.found.push([from, this.#at, mark])
  }

  __addSublanguage(other: Stretches): void {
    for (const [from, to, mark] of other.found) this.found.push([from + this.#at, to + this.#at, mark])
    this.#at += other.#at
  }

  finalize(): void {}

  toHTML(): string {
    return ''
  }
}

hljs.configure({ __emitter: Stretches })

const answer = async ({ id, language, text }: CodeQuestion): Promise<CodeAnswer> => {
  if (!(await load(language))) return { id, stretches: new Uint32Array() }
  const { _emitter } = hljs.highlight(text, { language, ignoreIllegals: true })
  const found = _emitter instanceof Stretches ? _emitter.found : []
  return { id, stretches: Uint32Array.from(found.flat()) }
}

self.addEventListener('message', (event: MessageEvent<CodeQuestion>) => {
  answer(event.data).then(
    (found) => self.postMessage(found),
    // Without its language the code stays as it is.
    () => self.postMessage({ id: event.data.id, stretches: new Uint32Array() }),
  )
})
