/** The most used emoji, by v4's names. The picker loads the full set. */
const TABLE =
  'smile 😄|smiley 😃|grinning 😀|grin 😁|laughing 😆|satisfied 😆|sweat_smile 😅|rofl 🤣|joy 😂|slightly_smiling_face 🙂|' +
  'upside_down_face 🙃|wink 😉|blush 😊|innocent 😇|heart_eyes 😍|star_struck 🤩|kissing_heart 😘|yum 😋|stuck_out_tongue 😛|' +
  'stuck_out_tongue_winking_eye 😜|zany_face 🤪|money_mouth_face 🤑|hugs 🤗|thinking 🤔|thinking_face 🤔|zipper_mouth_face 🤐|' +
  'raised_eyebrow 🤨|neutral_face 😐|expressionless 😑|no_mouth 😶|smirk 😏|unamused 😒|roll_eyes 🙄|face_with_rolling_eyes 🙄|' +
  'grimacing 😬|relieved 😌|pensive 😔|sleepy 😪|sleeping 😴|mask 😷|nauseated_face 🤢|sneezing_face 🤧|dizzy_face 😵|' +
  'exploding_head 🤯|partying_face 🥳|sunglasses 😎|nerd_face 🤓|confused 😕|worried 😟|slightly_frowning_face 🙁|open_mouth 😮|' +
  'hushed 😯|astonished 😲|flushed 😳|pleading_face 🥺|fearful 😨|cold_sweat 😰|cry 😢|sob 😭|scream 😱|disappointed 😞|sweat 😓|' +
  'weary 😩|tired_face 😫|yawning_face 🥱|triumph 😤|rage 😡|angry 😠|skull 💀|poop 💩|clown_face 🤡|ghost 👻|alien 👽|robot 🤖|' +
  'see_no_evil 🙈|hear_no_evil 🙉|speak_no_evil 🙊|heart ❤️|orange_heart 🧡|yellow_heart 💛|green_heart 💚|blue_heart 💙|' +
  'purple_heart 💜|black_heart 🖤|broken_heart 💔|sparkling_heart 💖|100 💯|boom 💥|dizzy 💫|sweat_drops 💦|dash 💨|zzz 💤|wave 👋|' +
  'raised_hand ✋|vulcan_salute 🖖|ok_hand 👌|v ✌️|crossed_fingers 🤞|metal 🤘|call_me_hand 🤙|point_left 👈|point_right 👉|' +
  'point_up_2 👆|point_down 👇|point_up ☝️|+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|fist ✊|fist_raised ✊|facepunch 👊|clap 👏|' +
  'raised_hands 🙌|open_hands 👐|handshake 🤝|pray 🙏|writing_hand ✍️|muscle 💪|brain 🧠|eyes 👀|eye 👁️|tongue 👅|baby 👶|man 👨|' +
  'woman 👩|shrug 🤷|facepalm 🤦|man_shrugging 🤷‍♂️|woman_shrugging 🤷‍♀️|man_facepalming 🤦‍♂️|woman_facepalming 🤦‍♀️|technologist 🧑‍💻|' +
  'scientist 🧑‍🔬|runner 🏃|dancer 💃|dog 🐶|cat 🐱|mouse 🐭|fox_face 🦊|bear 🐻|panda_face 🐼|lion 🦁|frog 🐸|monkey_face 🐵|' +
  'penguin 🐧|bird 🐦|owl 🦉|unicorn 🦄|bee 🐝|bug 🐛|butterfly 🦋|snail 🐌|turtle 🐢|octopus 🐙|fish 🐟|whale 🐳|snake 🐍|' +
  'christmas_tree 🎄|evergreen_tree 🌲|deciduous_tree 🌳|cactus 🌵|four_leaf_clover 🍀|maple_leaf 🍁|mushroom 🍄|tulip 🌷|rose 🌹|' +
  'sunflower 🌻|earth_africa 🌍|moon 🌔|full_moon 🌕|sunny ☀️|star ⭐|star2 🌟|sparkles ✨|zap ⚡|fire 🔥|rainbow 🌈|cloud ☁️|' +
  'umbrella ☔|snowflake ❄️|snowman ⛄|ocean 🌊|apple 🍎|banana 🍌|strawberry 🍓|avocado 🥑|bread 🍞|cheese 🧀|pizza 🍕|hamburger 🍔|' +
  'fries 🍟|cake 🍰|birthday 🎂|cookie 🍪|chocolate_bar 🍫|doughnut 🍩|popcorn 🍿|coffee ☕|tea 🍵|beer 🍺|beers 🍻|wine_glass 🍷|' +
  'tropical_drink 🍹|champagne 🍾|soccer ⚽|basketball 🏀|trophy 🏆|1st_place_medal 🥇|dart 🎯|game_die 🎲|jigsaw 🧩|art 🎨|' +
  'musical_note 🎵|guitar 🎸|bike 🚲|car 🚗|bus 🚌|train 🚆|rocket 🚀|airplane ✈️|ship 🚢|anchor ⚓|construction 🚧|house 🏠|office 🏢|' +
  'watch ⌚|alarm_clock ⏰|hourglass ⌛|computer 💻|keyboard ⌨️|phone ☎️|iphone 📱|battery 🔋|electric_plug 🔌|bulb 💡|flashlight 🔦|' +
  'wrench 🔧|hammer 🔨|gear ⚙️|link 🔗|magnet 🧲|test_tube 🧪|microscope 🔬|telescope 🔭|satellite 📡|atom_symbol ⚛️|gift 🎁|balloon 🎈|' +
  'tada 🎉|confetti_ball 🎊|email 📧|envelope ✉️|package 📦|memo 📝|page_facing_up 📄|chart_with_upwards_trend 📈|' +
  'chart_with_downwards_trend 📉|bar_chart 📊|clipboard 📋|pushpin 📌|paperclip 📎|scissors ✂️|lock 🔒|unlock 🔓|key 🔑|books 📚|' +
  'book 📖|bookmark 🔖|mag 🔍|bell 🔔|no_bell 🔕|loudspeaker 📢|mega 📣|speech_balloon 💬|thought_balloon 💭|calendar 📅|date 📅|' +
  'warning ⚠️|no_entry ⛔|no_entry_sign 🚫|x ❌|white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|question ❓|' +
  'exclamation ❗|bangbang ‼️|recycle ♻️|red_circle 🔴|large_blue_circle 🔵|green_circle 🟢|yellow_circle 🟡|arrow_up ⬆️|arrow_down ⬇️|' +
  'arrow_left ⬅️|arrow_right ➡️|new 🆕|ok 🆗|sos 🆘|checkered_flag 🏁|white_flag 🏳️|rainbow_flag 🏳️‍🌈|de 🇩🇪|gb 🇬🇧|us 🇺🇸|eu 🇪🇺'

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
