/** Formatting of a text in a field: each function says what to replace, and what is selected afterwards. */
import type { Edit } from './asked.ts'
import { isInCode } from './code-spans.ts'

export type Selected = { text: string; start: number; end: number }

/** Marks around the selection, or removes them if they are there. */
export const wrap = ({ text, start, end }: Selected, mark: string): Edit => {
  const size = mark.length
  const inner = text.slice(start, end)
  const isAround =
    text.slice(start - size, start) === mark &&
    text.slice(end, end + size) === mark &&
    // The stars of bold text are not those of italic text.
    (mark !== '*' || text.slice(start - 2, start) !== '**' || text.slice(start - 3, start) === '***')
  if (isAround)
    return { from: start - size, to: end + size, insert: inner, select: [start - size, end - size] }
  if (inner.length > 2 * size && inner.startsWith(mark) && inner.endsWith(mark) && isMark(inner, mark)) {
    const bare = inner.slice(size, -size)
    return { from: start, to: end, insert: bare, select: [start, start + bare.length] }
  }
  // Spaces at the edges stay outside, because marks do not work beside them.
  const [before = ''] = /^\s*/.exec(inner) ?? []
  const [after = ''] = inner.trim() === '' ? [''] : (/\s*$/.exec(inner) ?? [])
  const core = inner.trim() === '' ? '' : inner.trim()
  const lead = inner.trim() === '' ? '' : before
  const at = start + lead.length + size
  const insert = core === '' ? `${inner}${mark}${mark}` : `${lead}${mark}${core}${mark}${after}`
  const caret = core === '' ? start + inner.length + size : at
  return { from: start, to: end, insert, select: [caret, caret + core.length] }
}

const isMark = (inner: string, mark: string): boolean =>
  mark !== '*' || !inner.startsWith('**') || inner.startsWith('***')

/** A link with the selection as its text; the address is selected, so that it can be typed. */
export const link = ({ text, start, end }: Selected, address = ''): Edit => {
  const label = text.slice(start, end)
  if (address !== '') {
    const insert = `[${label}](${address})`
    return { from: start, to: end, insert, select: [start + insert.length, start + insert.length] }
  }
  const isAddress = /^https?:\/\/\S+$/.test(label)
  const insert = isAddress ? `[](${label})` : `[${label}](https://)`
  const at = isAddress ? start + 1 : start + label.length + 3
  return { from: start, to: end, insert, select: [at, isAddress ? at : at + 'https://'.length] }
}

/** Code: within a line, or as a block if several lines are selected. */
export const code = (selected: Selected): Edit => {
  const { text, start, end } = selected
  const inner = text.slice(start, end)
  if (!inner.includes('\n')) return wrap(selected, '`')
  const before = start === 0 || text[start - 1] === '\n' ? '' : '\n'
  const after = end === text.length || text[end] === '\n' ? '' : '\n'
  const insert = `${before}\`\`\`\n${inner.replace(/\n$/, '')}\n\`\`\`${after}`
  const at = start + before.length + 4
  return { from: start, to: end, insert, select: [at, at + inner.replace(/\n$/, '').length] }
}

export type LineKind = 'heading' | 'quote' | 'bullets' | 'numbers' | 'tasks'

const MARKS: Record<LineKind, { mark(index: number): string; has: RegExp }> = {
  heading: { mark: () => '### ', has: /^#{1,6} / },
  quote: { mark: () => '> ', has: /^> ?/ },
  bullets: { mark: () => '- ', has: /^[-*+] (?!\[[ xX]\] )/ },
  numbers: { mark: (index) => `${index + 1}. `, has: /^\d+[.)] / },
  tasks: { mark: () => '- [ ] ', has: /^[-*+] \[[ xX]\] / },
}
const ANY_LIST = /^(?:[-*+] (?:\[[ xX]\] )?|\d+[.)] )/

/** Marks at the beginning of the selected lines, or without them if all lines have them. */
export const lines = ({ text, start, end }: Selected, kind: LineKind): Edit => {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const next = text.indexOf('\n', end)
  const to = next < 0 ? text.length : next
  const before = text.slice(from, to).split('\n')
  const { mark, has } = MARKS[kind]
  const isList = kind === 'bullets' || kind === 'numbers' || kind === 'tasks'
  const isOn = before.every((line) => has.test(line))
  const after = before.map((line, i) =>
    isOn ? line.replace(has, '') : `${mark(i)}${line.replace(isList ? ANY_LIST : has, '')}`,
  )
  const insert = after.join('\n')
  if (before.length > 1) return { from, to, insert, select: [from, from + insert.length] }
  const moved = insert.length - (to - from)
  const caret = (at: number): number => Math.max(from, at + moved)
  return { from, to, insert, select: [caret(start), caret(end)] }
}

const ITEM = /^(\s*(?:> ?)*)(?:([-*+])( \[[ xX]\])?|(\d{1,9})([.)])) +/

/** Enter inside a list or a quote: the next line begins alike; on an empty item, the list ends. */
export const newLine = ({ text, start, end }: Selected): Edit | undefined => {
  if (start !== end || isInCode(text, start)) return undefined
  const from = text.lastIndexOf('\n', start - 1) + 1
  const line = text.slice(from, start)
  const item = ITEM.exec(line)
  const quote = /^(?:> ?)+/.exec(line)
  const begin = item?.[0] ?? quote?.[0]
  if (begin === undefined) return undefined
  if (line.trim() === begin.trim()) return { from, to: start, insert: '', select: [from, from] }
  const [, indent = '', bullet, task, number, dot = ''] = item ?? []
  const next = bullet
    ? `${indent}${bullet}${task ? ' [ ]' : ''} `
    : number === undefined
      ? begin
      : `${indent}${Number(number) + 1}${dot} `
  const caret = start + 1 + next.length
  return { from: start, to: end, insert: `\n${next}`, select: [caret, caret] }
}
