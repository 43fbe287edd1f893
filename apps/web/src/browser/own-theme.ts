/**
 * Themes of Mattermost as themes of this client. Their colours often cannot be read on each other; here every
 * text gets enough contrast, by moving its lightness only as far as needed.
 */
import { between, brightness, type Colour, contrast, readableOn, readColour, writeColour } from './colour.ts'

/** The colours of a Mattermost theme that this client uses. */
const NAMES = [
  ...(['sidebarBg', 'sidebarText', 'centerChannelBg', 'centerChannelColor', 'linkColor'] as const),
  ...(['buttonBg', 'errorTextColor', 'onlineIndicator', 'mentionHighlightBg'] as const),
] as const
type Name = (typeof NAMES)[number]

/** The colours of a theme by Mattermost's names. */
export type ForeignTheme = Record<Name, string>

/** What a page needs, by the names of our tokens. */
type Tokens = Record<string, Colour>

/** Reads what people paste: the JSON that Mattermost shows under its custom theme. */
export const readTheme = (text: string): ForeignTheme | undefined => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const found = NAMES.map((name): [Name, unknown] => [name, Reflect.get(value, name)])
  if (!found.every(([, colour]) => typeof colour === 'string' && readColour(colour))) return undefined
  return Object.fromEntries(found) as ForeignTheme
}

const colourOf = (text: string): Colour => readColour(text) ?? { l: 0, c: 0, h: 0 }

const TEXT = 4.5
const SIGN = 3

/**
 * The tokens of a region from its ground and its text. The grounds are made so near to each other that one
 * text colour can be read on all of them.
 */
const tokensOf = (ground: Colour, text: Colour, theme: ForeignTheme): Tokens => {
  const away = brightness(ground) < 0.18 ? 1 : 0
  const far: Colour = { l: away, c: 0, h: 0 }
  // Grounds of middle brightness leave no room for soft text: they move away from the text.
  const paper = contrast(ground, far) < 9 ? readableOn(ground, [far], 9) : ground
  const raised = between(paper, far, away === 1 ? 0.05 : 0.01)
  const shelf = between(paper, away === 1 ? { l: 0, c: 0, h: 0 } : far, away === 1 ? 0.08 : 0.03)
  const mention = between(paper, colourOf(theme.mentionHighlightBg), 0.12)
  const washed = [paper, raised, shelf].map((each) => between(each, far, 0.1))
  const grounds = [paper, raised, shelf, mention, ...washed]
  const ink = readableOn(text, grounds, 7)
  const on = (colour: Colour, least = TEXT): Colour => readableOn(colour, grounds, least)
  const accent = on(colourOf(theme.linkColor))
  const alarm = on(colourOf(theme.errorTextColor))
  return {
    paper,
    raised,
    shelf,
    'wash-mention': mention,
    ink,
    'ink-soft': on(between(ink, paper, 0.32)),
    accent,
    alarm,
    good: on(colourOf(theme.onlineIndicator), SIGN),
    edge: on(between(ink, paper, 0.5), SIGN),
    line: between(paper, ink, 0.14),
    'on-accent': readableOn(paper, [accent, alarm], TEXT),
  }
}

/** The tokens of the page, and those of the sidebar. */
export const themeTokens = (theme: ForeignTheme): { page: Tokens; side: Tokens } => {
  const page = tokensOf(colourOf(theme.centerChannelBg), colourOf(theme.centerChannelColor), theme)
  const side = tokensOf(colourOf(theme.sidebarBg), colourOf(theme.sidebarText), theme)
  return { page, side: { ...side, shelf: side.paper ?? colourOf(theme.sidebarBg) } }
}

const rule = (selector: string, tokens: Tokens): string => {
  const dark = brightness(tokens.paper ?? { l: 1, c: 0, h: 0 }) < 0.18
  const lines = Object.entries(tokens).map(([name, colour]) => `--${name}:${writeColour(colour)};`)
  const ink = writeColour(tokens.ink ?? { l: 0, c: 0, h: 0 })
  const wash = (name: string, share: number): string =>
    `${name}:color-mix(in srgb,${ink} ${share}%,transparent);`
  const washes = wash('--wash', 6) + wash('--wash-strong', 10)
  return `${selector}{color-scheme:${dark ? 'dark' : 'light'};color:var(--ink);${lines.join('')}${washes}}`
}

/** The theme as a style sheet. It applies where the root has `data-theme="own"`. */
export const themeSheet = (theme: ForeignTheme): string => {
  const { page, side } = themeTokens(theme)
  const root = ':root[data-theme="own"]'
  return rule(root, page) + rule(`${root} [data-shelf]`, side)
}
