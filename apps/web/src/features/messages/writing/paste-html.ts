/**
 * Turns pasted HTML into markdown. It is parsed in a document of its own, which loads nothing and runs
 * nothing; only text, and addresses of known kinds, come out.
 */
import { table } from './paste.ts'

/** Larger pastes are taken as plain text. */
const MOST_CHARACTERS = 400_000
const MOST_NODES = 20_000
const DEEPEST = 60

type Work = { nodes: number }

const escaped = (text: string): string => text.replaceAll(/([\\`*_[\]<>])/g, '\\$1')

const marked = (mark: string, inner: string): string => {
  const core = inner.trim()
  if (core === '') return inner
  const lead = /^\s*/.exec(inner)?.[0] ?? ''
  const tail = /\s*$/.exec(inner)?.[0] ?? ''
  return `${lead}${mark}${core}${mark}${tail}`
}

const linkOf = (element: Element, inner: string): string => {
  const address = element.getAttribute('href') ?? ''
  const label = inner.trim()
  if (!/^(?:https?:|mailto:|tel:)/i.test(address) || label === '') return inner
  if (label === escaped(address) || label === escaped(address.replace(/^mailto:/, ''))) return address
  return `[${label}](${address.replaceAll('(', '%28').replaceAll(')', '%29').replaceAll(' ', '%20')})`
}

const isBold = (element: Element): boolean => {
  const weight = /font-weight:\s*(\w+)/.exec(element.getAttribute('style') ?? '')?.[1] ?? ''
  // Google Docs puts everything into a <b> that is not bold.
  if (element.localName === 'b') return weight !== 'normal' && weight !== '400'
  return element.localName === 'strong' || weight === 'bold' || Number(weight) >= 600
}

const rowsOf = (element: Element, work: Work): string[][] =>
  [...element.querySelectorAll('tr')].map((row) =>
    [...row.children]
      .filter(({ localName }) => localName === 'td' || localName === 'th')
      .map((each) => inlines(each, work, 0).replaceAll('\n', ' ')),
  )

const listOf = (element: Element, work: Work, depth: number): string => {
  const isOrdered = element.localName === 'ol'
  const items = [...element.children].filter(({ localName }) => localName === 'li')
  return items
    .map((item, i) => {
      const mark = isOrdered ? `${i + 1}. ` : '- '
      const inner = blocks(item, work, depth + 1).trim()
      return mark + inner.replaceAll(/\n+/g, `\n${' '.repeat(mark.length)}`)
    })
    .join('\n')
}

const BLOCKS = new Set(
  'address article aside blockquote dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table ul'.split(
    ' ',
  ),
)
const LEFT_OUT = new Set('head style script title meta link template noscript svg math button'.split(' '))

const blockOf = (element: Element, work: Work, depth: number): string => {
  const name = element.localName
  if (/^h[1-6]$/.test(name)) return `${'#'.repeat(Number(name[1]))} ${inlines(element, work, depth).trim()}`
  if (name === 'ul' || name === 'ol') return listOf(element, work, depth)
  if (name === 'hr') return '---'
  if (name === 'pre') return `\`\`\`\n${(element.textContent ?? '').replace(/\n$/, '')}\n\`\`\``
  if (name === 'blockquote')
    return blocks(element, work, depth + 1)
      .trim()
      .replaceAll(/^/gm, '> ')
  if (name === 'table') {
    const rows = rowsOf(element, work).filter((row) => row.length > 0)
    // One cell is a frame around something else.
    if (rows.length > 0 && rows.some((row) => row.length > 1)) return table(rows)
  }
  return blocks(element, work, depth + 1)
}

const inlineOf = (element: Element, work: Work, depth: number): string => {
  const name = element.localName
  if (name === 'br') return '\n'
  if (name === 'img') return escaped(element.getAttribute('alt') ?? '')
  if (name === 'code' || name === 'kbd' || name === 'samp') {
    const text = (element.textContent ?? '').replaceAll('`', "'").trim()
    return text === '' ? '' : `\`${text}\``
  }
  const inner = inlines(element, work, depth + 1)
  if (name === 'a') return linkOf(element, inner)
  if (name === 'em' || name === 'i' || name === 'cite') return marked('*', inner)
  if (name === 's' || name === 'del' || name === 'strike') return marked('~~', inner)
  return isBold(element) ? marked('**', inner) : inner
}

/** Text and marks within a paragraph. */
const inlines = (parent: Node, work: Work, depth: number): string => {
  if (depth > DEEPEST) return escaped(parent.textContent ?? '')
  let text = ''
  for (const node of parent.childNodes) {
    work.nodes += 1
    if (work.nodes > MOST_NODES) throw new RangeError('too much')
    if (node.nodeType === Node.TEXT_NODE) text += escaped((node.textContent ?? '').replaceAll(/\s+/g, ' '))
    else if (node instanceof Element && !LEFT_OUT.has(node.localName)) text += inlineOf(node, work, depth)
  }
  return text
}

/** Paragraphs, lists and the like, with empty lines between them. */
const blocks = (parent: Node, work: Work, depth: number): string => {
  if (depth > DEEPEST) return escaped(parent.textContent ?? '')
  const parts: string[] = []
  let line = ''
  const end = (): void => {
    const text = line.replaceAll(/ *\n */g, '\n').trim()
    if (text !== '') parts.push(text)
    line = ''
  }
  for (const node of parent.childNodes) {
    work.nodes += 1
    if (work.nodes > MOST_NODES) throw new RangeError('too much')
    if (node instanceof Element && BLOCKS.has(node.localName)) {
      end()
      const text = blockOf(node, work, depth)
      if (text.trim() !== '') parts.push(text)
    } else if (node.nodeType === Node.TEXT_NODE)
      line += escaped((node.textContent ?? '').replaceAll(/\s+/g, ' '))
    else if (node instanceof Element && !LEFT_OUT.has(node.localName)) {
      // Some programs put whole paragraphs into spans and the like.
      const holdsBlocks = [...node.children].some((each) => BLOCKS.has(each.localName))
      if (holdsBlocks) {
        end()
        parts.push(blocks(node, work, depth + 1))
      } else line += inlineOf(node, work, depth)
    }
  }
  end()
  return parts.join('\n\n')
}

/** Says only HTML with more than plain text something that plain text does not. */
const IS_RICH = /<(?:a|b|strong|em|i|s|del|h[1-6]|ul|ol|table|blockquote|pre|code)[\s>]/i

/** The markdown for pasted HTML; undefined if its plain text is as good. */
export const markdownOf = (html: string): string | undefined => {
  if (html.length > MOST_CHARACTERS || !IS_RICH.test(html)) return undefined
  try {
    const page = new DOMParser().parseFromString(html, 'text/html')
    const text = blocks(page.body, { nodes: 0 }, 0)
      .replaceAll('\u00a0', ' ')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim()
    return text === '' ? undefined : text
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
