/** Configures markdown-it for chat messages: the only file that uses it. */
import MarkdownIt, { type StateBlock, type StateInline, type Token } from 'markdown-it'
import { keepCells, pushText, type TableEnv, tooEmpty } from './tables.ts'

/**
 * The deepest nesting of quotes and lists; deeper text is shown as plain text. Limits both depth and time for
 * hostile input.
 */
const DEEPEST_BLOCK = 24

/** Marks a link that was made from a bare URL, so its text was not written as a link text. */
export const BARE_ADDRESS = 'bare'

/**
 * How many characters of one message may be searched for the ends of labels ("[label]"). markdown-it searches
 * from each "[" to the end of the paragraph, which takes quadratic time if none is closed. Labels beyond the
 * limit are shown as plain text.
 */
const MOST_LABEL_CHARACTERS = 250_000

const SCHEME_BEFORE_COLON = /(?:^|[^\p{L}\p{N}_])(https?|ftp|mailto|tel)$/iu
/**
 * Characters that end a URL: typographic quotes, brackets and the punctuation of East Asian text, which no
 * URL contains unescaped.
 */
const ENDS = '\\s<>"`“”„‟«»‹›‘‚‛…、。〈-】〔-〛〝-〟！，：；？｛｝｡-､'
const rest = `[^${ENDS}]`
const ADDRESS_AFTER_COLON: Record<string, RegExp> = {
  http: new RegExp(`//${rest}+`, 'y'),
  https: new RegExp(`//${rest}+`, 'y'),
  ftp: new RegExp(`//${rest}+`, 'y'),
  mailto: new RegExp(`[^${ENDS}@:/]+@${rest}+`, 'y'),
  tel: /\+?[\d().-]{3,}/y,
}
/** A host with at least two dots. Its first label is short, so that other text is rejected quickly. */
const WWW = new RegExp(`www\\.[^${ENDS}.]{1,63}\\.${rest}+`, 'iy')
const ALLOWED_SCHEME = /^(https?|ftp|mailto|tel):/i
const ANY_SCHEME = /^[a-z][a-z0-9+.-]*:/i
// Stops where an inline rule may begin, and before "www." at the start of a word.
const PLAIN_RUN = /(?:(?!(?<![\p{L}\p{N}_])www\.)[^\n!#$%&*+\-:<=>@[\]\\^_`{}~])+/iuy

/**
 * How many characters of `address` belong to the URL: punctuation at its end belongs to the sentence, unless
 * it closes a bracket inside.
 */
const addressLength = (address: string): number => {
  let end = address.length
  let surplus = 0
  for (const char of address) surplus += /[(（]/.test(char) ? -1 : /[)）]/.test(char) ? 1 : 0
  for (;;) {
    const last = address[end - 1] ?? ''
    if (/[)）]/.test(last) && surplus > 0) surplus--
    else if (!/[?!.,:;*_~'’"\]}]/.test(last) || last === '') return end
    end--
  }
}

const pushBareAddress = (state: StateInline, href: string, text: string): void => {
  const open = state.push('link_open', 'a', 1)
  open.attrs = [['href', href]]
  open.info = BARE_ADDRESS
  state.push('text', '', 0).content = text
  state.push('link_close', 'a', -1).info = BARE_ADDRESS
}

/**
 * `https://…`, found at its colon, because markdown-it's text rule stops there and not at the letters before
 * it.
 */
const bareAddress = (state: StateInline, silent: boolean): boolean => {
  if (state.linkLevel > 0 || state.src.charCodeAt(state.pos) !== 0x3a /* : */) return false
  const scheme = SCHEME_BEFORE_COLON.exec(state.pending.slice(-8))?.[1]
  const shape = scheme === undefined ? undefined : ADDRESS_AFTER_COLON[scheme.toLowerCase()]
  if (scheme === undefined || shape === undefined) return false
  shape.lastIndex = state.pos + 1
  const found = shape.exec(state.src.slice(0, state.posMax))?.[0]
  if (found === undefined) return false
  const rest = found.slice(0, addressLength(found))
  const href = state.md.normalizeLink(`${scheme.toLowerCase()}:${rest}`)
  if (/^\/*$/.test(rest) || !state.md.validateLink(href)) return false
  if (!silent) {
    state.pending = state.pending.slice(0, -scheme.length)
    pushBareAddress(state, href, `${scheme}:${rest}`)
  }
  state.pos += 1 + rest.length
  return true
}

const plainRun = (state: StateInline, silent: boolean): boolean => {
  PLAIN_RUN.lastIndex = state.pos
  const run = PLAIN_RUN.exec(state.src)?.[0]
  if (run === undefined) return bareWww(state, silent)
  const end = Math.min(state.pos + run.length, state.posMax)
  if (!silent) state.pending += state.src.slice(state.pos, end)
  state.pos = end
  return true
}

const bareWww = (state: StateInline, silent: boolean): boolean => {
  if (state.src[state.pos]?.toLowerCase() !== 'w') return false
  WWW.lastIndex = state.pos
  const found = state.linkLevel > 0 ? undefined : WWW.exec(state.src.slice(0, state.posMax))?.[0]
  const text = found?.slice(0, addressLength(found)) ?? ''
  const isAddress = /^www\.[^.]+\../i.test(text)
  if (!silent) {
    if (isAddress) pushBareAddress(state, state.md.normalizeLink(`http://${text}`), text)
    else state.pending += state.src.slice(state.pos, state.pos + 4)
  }
  state.pos += isAddress ? text.length : 4
  return true
}

/** Below the deepest level everything becomes one paragraph, so that no text is dropped. */
const tooDeep = (state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean => {
  if (silent || state.level < DEEPEST_BLOCK) return false
  pushText(state, startLine, endLine)
  return true
}

type Parser = InstanceType<typeof MarkdownIt>
type Env = { labelCharacters: number; hasMath: boolean } & TableEnv

/** A blank label or URL would be invisible: the source text is shown instead. */
const isBlank = /^[\s\p{Cf}]*$/u
const NO_ADDRESS = /\(\s{0,99}(?:<\s{0,99}>)?\s{0,99}\)/y

const leadsNowhere = (src: string, start: number, end: number, isLink: boolean): boolean => {
  NO_ADDRESS.lastIndex = end + 1
  return NO_ADDRESS.test(src) || (isLink && isBlank.test(src.slice(start + 1, end)))
}

/** Limits markdown-it's search for the end of a label (see above). */
const boundLabels = (md: Parser): void => {
  const search = md.helpers.parseLinkLabel
  md.helpers.parseLinkLabel = (state: StateInline, start: number, disableNested?: boolean): number => {
    const env = state.env as Env
    if (env.labelCharacters > MOST_LABEL_CHARACTERS) return -1
    const end = search(state, start, disableNested)
    env.labelCharacters += (end < 0 ? state.posMax : end) - start
    return end >= 0 && leadsNowhere(state.src, start, end, disableNested === true) ? -1 : end
  }
}

const WORD = /[\p{L}\p{N}]/u
const OPENING = /[\p{Ps}\p{Pi}„‚«"'#@+$~-]/u
/** These characters end a sentence wherever they are: "Note :", "50 %". */
const SENTENCE = /[.,:;!?…%。、，！？：；]/u
const CLOSING = /[\p{Pe}\p{Pf}“‘»"'.,:;!?…%。、，！？：；-]/u

/**
 * Beyond CommonMark, `*` and `~` also close after punctuation although a letter follows ("**Hinweis:**Text"),
 * and open before punctuation although a letter precedes. If the punctuation on the inner side touches a
 * word, it decides whether the mark opens or closes.
 */
const flankLoosely = (state: StateInline, silent: boolean): boolean => {
  if (silent || Object.hasOwn(state, 'scanDelims')) return false
  const scan = state.scanDelims.bind(state)
  state.scanDelims = (start, canSplitWord) => {
    const found = scan(start, canSplitWord)
    const marker = state.src[start]
    if (marker !== '*' && marker !== '~') return found
    const end = start + found.length
    const [before2 = '', before = ''] = [state.src[start - 2], state.src[start - 1]]
    const [after = '', after2 = ''] = [state.src[end], state.src[end + 1]]
    const isClosed =
      SENTENCE.test(before) || (CLOSING.test(before) && (WORD.test(before2) || CLOSING.test(before2)))
    if (WORD.test(after) && isClosed) return { ...found, can_close: true }
    if (WORD.test(before) && OPENING.test(after) && (WORD.test(after2) || OPENING.test(after2)))
      return { ...found, can_open: true }
    return found
  }
  return false
}

/**
 * A formula between dollar signs, as in v4: on one line, and no letter or digit follows. So that prices stay
 * prices, no space touches the signs on their inner sides, and no letter or digit precedes.
 */
const FORMULA = /\$(?=[^\s$])([^$\n]{0,999}[^\s$])\$(?![\p{L}\p{N}_])/uy

const formula = (state: StateInline, silent: boolean): boolean => {
  if (!(state.env as Env).hasMath || state.src.charCodeAt(state.pos) !== 0x24 /* $ */) return false
  if (WORD.test(state.src[state.pos - 1] ?? '')) return false
  FORMULA.lastIndex = state.pos
  const [whole, text] = FORMULA.exec(state.src.slice(0, state.posMax)) ?? []
  if (whole === undefined || text === undefined) return false
  if (!silent) state.push('math_inline', 'math', 0).content = text
  state.pos += whole.length
  return true
}

const makeParser = () => {
  const md = new MarkdownIt({ html: false, linkify: false, breaks: true, typographer: false })
  boundLabels(md)
  md.block.ruler.before('table', 'too_deep', tooDeep)
  md.block.ruler.before('table', 'too_empty', tooEmpty)
  // Nobody defines link references in a chat: "[WARN]: disk-full" is plain text.
  md.block.ruler.disable('reference')
  md.core.ruler.after('block', 'keep_cells', keepCells)
  md.inline.ruler.at('text', plainRun)
  md.inline.ruler.before('strikethrough', 'flanks', flankLoosely)
  md.inline.ruler.before('escape', 'bare_address', bareAddress)
  md.inline.ruler.before('escape', 'formula', formula)
  md.validateLink = (href) => ALLOWED_SCHEME.test(href) || /^\/(?!\/)/.test(href)
  const normalize = md.normalizeLink.bind(md)
  // "[here](example.org)" means a host, as in v4; "[here](/team/pl/…)" means this server.
  md.normalizeLink = (href) => {
    const address = href.trim()
    return normalize(
      address === '' || address.startsWith('/') || ANY_SCHEME.test(address) ? address : `http://${address}`,
    )
  }
  return md
}

let parser: Parser | undefined

/** Parses a message into markdown-it's own tokens. */
export const parseTokens = (message: string, hasMath = false): Token[] => {
  parser ??= makeParser()
  const env: Env = { hasMath, labelCharacters: 0, filledCells: 0, tableCharacters: 0 }
  return parser.parse(message, env)
}
