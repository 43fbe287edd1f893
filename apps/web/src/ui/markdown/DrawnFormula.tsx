import { createElement, type ReactNode, useMemo } from 'react'
import temml from 'temml'

/** Longer ones are shown as they were written. */
const LONGEST = 3000

const ELEMENTS = new Set(
  (
    'math semantics mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom menclose ' +
    'msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd'
  ).split(' '),
)

/** Attributes of MathML that only shape. None loads, links or runs anything. */
const ATTRIBUTES = new Set(
  (
    'accent accentunder columnalign columnlines columnspacing depth display displaystyle fence form ' +
    'height largeop linebreak linethickness lspace mathcolor mathsize mathvariant maxsize minsize ' +
    'movablelimits notation rowlines rowspacing rspace scriptlevel separator stretchy symmetric ' +
    'voffset width'
  ).split(' '),
)

/** Parts of a style that only shape. */
const STYLES = new Set([
  'color',
  'text-align',
  'padding',
  'padding-left',
  'padding-right',
  'border-top',
  'border-bottom',
  'border-left',
  'border-right',
  'margin-left',
  'margin-right',
])

const styleOf = (element: Element): Record<string, string> | undefined => {
  const parts = (element.getAttribute('style') ?? '').split(';').flatMap((part): [string, string][] => {
    const [name = '', value = ''] = part.split(':').map((each) => each.trim())
    if (!STYLES.has(name) || /[(\\]/.test(value)) return []
    return [[name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()), value]]
  })
  return parts.length > 0 ? Object.fromEntries(parts) : undefined
}

/** Makes elements of our own from MathML: only known elements, and only attributes that shape them. */
const drawn = (node: Node, key: number): ReactNode => {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent
  if (!(node instanceof Element) || !ELEMENTS.has(node.localName)) return null
  const props: Record<string, unknown> = { key }
  for (const { name, value } of node.attributes) {
    if (ATTRIBUTES.has(name)) props[name] = value
  }
  const style = styleOf(node)
  if (style) props.style = style
  return createElement(node.localName, props, ...[...node.childNodes].map(drawn))
}

const read = (text: string, isBlock: boolean): ReactNode => {
  if (text.length > LONGEST) return undefined
  try {
    const options = { displayMode: isBlock, throwOnError: true, trust: false, xml: true, annotate: false }
    const written = temml.renderToString(text, { ...options, maxSize: [40, 40], maxExpand: 500 })
    const { documentElement } = new DOMParser().parseFromString(written, 'application/xml')
    return documentElement.localName === 'math' ? drawn(documentElement, 0) : undefined
  } catch {
    return undefined
  }
}

type DrawnFormulaProps = { text: string; isBlock: boolean; source: ReactNode }

/** A formula as MathML, which browsers draw and screen readers read. */
export const DrawnFormula = ({ text, isBlock, source }: DrawnFormulaProps) => {
  const formula = useMemo(() => read(text, isBlock), [text, isBlock])
  return formula === undefined ? source : formula
}
