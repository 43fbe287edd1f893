/** The most used emoji, by v4's names. The first message with another one, or the picker, loads all. */
const TABLE =
  'smile 😄|smiley 😃|grin 😁|laughing 😆|sweat_smile 😅|rofl 🤣|joy 😂|slightly_smiling_face 🙂|' +
  'upside_down_face 🙃|wink 😉|blush 😊|innocent 😇|heart_eyes 😍|star_struck 🤩|kissing_heart 😘|' +
  'stuck_out_tongue 😛|hugs 🤗|thinking 🤔|neutral_face 😐|smirk 😏|roll_eyes 🙄|grimacing 😬|relieved 😌|' +
  'sleeping 😴|exploding_head 🤯|partying_face 🥳|sunglasses 😎|nerd_face 🤓|confused 😕|worried 😟|' +
  'slightly_frowning_face 🙁|open_mouth 😮|cry 😢|sob 😭|scream 😱|disappointed 😞|sweat 😓|weary 😩|' +
  'rage 😡|see_no_evil 🙈|heart ❤️|orange_heart 🧡|green_heart 💚|blue_heart 💙|broken_heart 💔|100 💯|' +
  'boom 💥|wave 👋|raised_hand ✋|ok_hand 👌|v ✌️|crossed_fingers 🤞|point_left 👈|point_right 👉|' +
  'point_down 👇|point_up ☝️|+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|fist ✊|clap 👏|raised_hands 🙌|' +
  'handshake 🤝|pray 🙏|muscle 💪|eyes 👀|shrug 🤷|facepalm 🤦|bug 🐛|four_leaf_clover 🍀|rose 🌹|' +
  'sunflower 🌻|sunny ☀️|star ⭐|sparkles ✨|zap ⚡|fire 🔥|rainbow 🌈|pizza 🍕|cake 🍰|birthday 🎂|' +
  'coffee ☕|tea 🍵|beer 🍺|beers 🍻|champagne 🍾|trophy 🏆|dart 🎯|rocket 🚀|construction 🚧|house 🏠|' +
  'watch ⌚|alarm_clock ⏰|hourglass ⌛|computer 💻|phone ☎️|bulb 💡|wrench 🔧|hammer 🔨|gear ⚙️|link 🔗|' +
  'gift 🎁|balloon 🎈|tada 🎉|email 📧|package 📦|memo 📝|chart_with_upwards_trend 📈|pushpin 📌|' +
  'paperclip 📎|lock 🔒|key 🔑|bookmark 🔖|mag 🔍|bell 🔔|mega 📣|speech_balloon 💬|calendar 📅|warning ⚠️|' +
  'no_entry ⛔|x ❌|white_check_mark ✅|heavy_check_mark ✔️|question ❓|exclamation ❗|red_circle 🔴|' +
  'green_circle 🟢|yellow_circle 🟡|arrow_up ⬆️|arrow_down ⬇️|arrow_left ⬅️|arrow_right ➡️|new 🆕|' +
  'ok 🆗|sos 🆘'

const tableOf = (text: string): Map<string, string> =>
  new Map(
    text.split('|').flatMap((entry) => {
      const names = entry.split(' ')
      const character = names.pop() ?? ''
      return names.map((name): [string, string] => [name, character])
    }),
  )

let common: Map<string, string> | undefined
let all: Map<string, string> | undefined
let loading: Promise<void> | undefined
const waiting = new Set<() => void>()

/** Loads the less common emoji, and then calls the listeners of `onEmojiLoaded`. */
export const loadEmoji = (): Promise<void> => {
  loading ??= import('./emoji-table.ts').then(
    ({ EMOJI }) => {
      all = tableOf(EMOJI)
      for (const tell of waiting) tell()
    },
    () => {
      loading = undefined
    },
  )
  return loading
}

export const onEmojiLoaded = (tell: () => void): (() => void) => {
  waiting.add(tell)
  return () => waiting.delete(tell)
}

export const isEmojiLoaded = (): boolean => all !== undefined

const TONES = ['light', 'medium_light', 'medium', 'medium_dark', 'dark']
const TONE =
  /^(.+?)_(light|medium_light|medium|medium_dark|dark)_skin_tone(?:_(light|medium_light|medium|medium_dark|dark)_skin_tone)?$/
const toneOf = (name: string): string => String.fromCodePoint(0x1f3fb + TONES.indexOf(name))

/** Emoji of two people are written out if the people have different skin tones. */
const PAIRS: Record<string, string> = {
  '🤝': '🫱‍🫲',
  '👫': '👩‍🤝‍👨',
  '👬': '👨‍🤝‍👨',
  '👭': '👩‍🤝‍👩',
  '💏': '🧑‍❤️‍💋‍🧑',
  '💑': '🧑‍❤️‍🧑',
}

/** An emoji with a skin tone for every person in it; the second person has the second tone. */
const inTone = (emoji: string, first: string, second: string): string => {
  const whole = first === second ? emoji : (PAIRS[emoji] ?? emoji)
  let count = 0
  return whole.replaceAll(/(\p{Emoji_Modifier_Base})\uFE0F?/gu, (found, base: string, at: number) => {
    // Between two people, this hand belongs to neither.
    if (base === '🤝' && at > 0) return found
    count += 1
    return base + (count === 1 ? first : second)
  })
}

/**
 * The character of an emoji name; undefined for an unknown name, and for an uncommon one before the table is
 * loaded.
 */
export const emojiOf = (name: string): string | undefined => {
  common ??= tableOf(TABLE)
  const lower = name.toLowerCase()
  const plain = (all ?? common).get(lower) ?? common.get(lower)
  if (plain !== undefined) return plain
  const [, base = '', first = '', second = first] = TONE.exec(lower) ?? []
  const emoji = (all ?? common).get(base)
  return emoji === undefined ? undefined : inTone(emoji, toneOf(first), toneOf(second))
}
