/**
 * The search separates words where readers do, both in messages and in search terms, and highlights what it
 * found.
 */
import { channelOf, type Person, type Place, place, signUp, write } from '@plausch/testkit'
import { type Channel, search } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
let lea: Person
let room: Channel

/** A message, terms that find it, and terms that do not. */
const table: [message: string, finds: string[], findsNot: string[]][] = [
  // quotes
  [
    'Er rief: „Wir gehen“',
    ['"Wir gehen"', '„Wir gehen“', '“Wir gehen”', '»Wir gehen«', 'gehen'],
    ['"gehen Wir"'],
  ],
  [
    'das «Projekt Betax» läuft',
    ['"Projekt Betax"', 'Betax', '«Projekt Betax»', '‹Betax›'],
    ['"Betax Projekt"'],
  ],
  ['»Rotfuchs« heißt es', ['Rotfuchs', '"Rotfuchs heisst"', '”Rotfuchs heißt”'], []],
  ['the ‘Bluebird’ plan', ['Bluebird', "'Bluebird'", '"the Bluebird plan"'], []],
  ['Reise nach „Rom“', ['Rom', '„Rom“', '"nach Rom"'], ['Ro']],
  ['「東芝」の件', ['東芝', '「東芝」'], []],
  // dashes
  ['Sprechzeit Mo–Fr', ['Fr', 'Mo', 'Mo–Fr', 'Mo-Fr', '"Sprechzeit Mo"'], ['Sa']],
  ['Kammer—Deckel offen', ['Kammer', 'Deckel', 'Kammer-Deckel'], []],
  ['Nord‑Süd‑Achse', ['Nord-Süd-Achse', 'Sued', 'Achse'], []],
  ['Ende…Anfangx', ['Anfangx', 'Ende'], []],
  // apostrophes
  ['wie geht’s', ["geht's", 'geht’s', 'gehtʼs', 'geht'], []],
  ["it's zqdon't", ['zqdon’t', "zqdon't", 'zqdon‘t'], ['zqdont’x']],
  ['O’Briens Bericht', ["O'Briens", 'Briens'], []],
  ['l‘Écluse', ["l'ecluse", 'Écluse'], []],
  // identifiers
  [
    'sess.crate_types() vs sess.opts.crate_types',
    ['crate_types', 'sess.opts.crate_types', 'opts', 'crate'],
    ['types_crate'],
  ],
  [
    'config.max_file_size=5',
    ['max_file_size', 'file_size', 'max_file_size=5', 'config', 'file_siz', 'max_fil*'],
    ['size_max'],
  ],
  ['os.environ_lookup()', ['environ_lookup', 'environ', 'os.environ_lookup()'], []],
  ['std::vec::Vecx<u8>', ['Vecx', 'std::vec', 'u8'], []],
  ['a->zeigerx = &b', ['zeigerx'], []],
  ['ENV_VAR_NAMEX=1', ['env_var_namex', 'NAMEX'], []],
  ['foo/bar/bazx.ts:12', ['bazx', 'foo/bar', 'bazx.ts', 'bazx.ts:12'], []],
  ['C:\\Ordnerx\\Datei', ['Ordnerx', 'Ordnerx\\Datei'], []],
  ['v12.34.56-rcx', ['34.56', 'v12.34.56', 'rcx'], ['34.12']],
  ['1.234,56 Eurox', ['1.234,56', '"56 Eurox"'], []],
  ['am 2026-03-10 um 14:30x', ['2026-03-10', '14:30x'], []],
  ['--dry-runx', ['dry-runx', 'runx'], []],
  ['$HOMEX und @scope/paketx', ['HOMEX', 'paketx', 'scope/paketx'], []],
  // brackets and marks of HTML
  ['Typ List<Kundenakte>', ['Kundenakte', 'List<Kundenakte>', 'akte'], []],
  ['</rant> ende', ['rant', '</rant>'], []],
  ['<Max Mustermannx> schrieb', ['Mustermannx', '"Max Mustermannx"'], []],
  ['<a href="zielx">Klickx</a>', ['zielx', 'Klickx', 'href'], []],
  ['&nbsp;Leerx&amp;Vollx', ['Leerx', 'Vollx'], []],
  ['f(argumentx)[indexx]{blockx}', ['argumentx', 'indexx', 'blockx'], []],
  // addresses
  [
    'https://beispiel.invalid/pfadx/zu?frage=antwortx#ankerx',
    ['pfadx', 'antwortx', 'ankerx', 'beispiel.invalid', 'https://beispiel.invalid/pfadx'],
    [],
  ],
  ['post an kim.nordx@firmax.invalid', ['kim.nordx@firmax.invalid', 'nordx', 'firmax'], []],
  // Markdown characters
  ['**fettx**_kursivx_~~wegx~~`codex`', ['fettx', 'kursivx', 'wegx', 'codex'], []],
  ['|zellex|nochx|', ['zellex', 'nochx'], []],
  ['Kolleg*innenx und Nutzer:innenx', ['Kolleg', 'innenx', 'Nutzer'], []],
  ['50%ig, 20€x, №7x', ['50', 'ig', '€x'], []],
  ['erledigt✅sofortx', ['sofortx', 'erledigt'], []],
  // invisible characters
  ['Donau\u00ADdampfx', ['Donaudampfx', 'dampfx'], []],
  ['Null\u200Bbreitex', ['breitex'], []],
  ['ver\u2060bundenx', ['verbundenx'], []],
  // Chinese, Japanese, Korean, Thai
  ['我家在上海东边。', ['上海', '东边', '我家在上海', '海'], ['海上', '上边']],
  ['会議は東京駅で', ['東京駅', '東京', '京駅', '会議'], ['京東']],
  ['カタカナテスト', ['カナ', 'テスト', 'ｶﾀｶﾅ'], ['ナカ']],
  ['ばらの花', ['ばら', '花'], ['はら']],
  ['한국어를 배워요', ['한국', '국어', '배워'], ['어국']],
  ['版本2026发布会', ['2026', '版本2026', '发布'], []],
  ['ภาษาไทยสวัสดี', ['ไทย', 'สวัสดี'], []],
  ['𠮷野家で食べた', ['𠮷野', '野家'], []],
  // other alphabets and forms
  ['Привет, „Мирослава“!', ['мирослава', 'МИРОСЛАВА', 'слава'], []],
  ['«Αθήναx»: Οδός', ['αθηναx', 'ΟΔΌΣ', 'οδος'], []],
  ['קפה־שחורx', ['קפה', 'שחורx'], []],
  ['سلام،دنیاx', ['سلام', 'دنیاx'], []],
  ['ﬁnale Ｗｉｄｅx', ['finale', 'Widex'], []],
  ['Ärgerx in ÄRGER', ['aergerx', 'ärgerx', 'argerx'], []],
  ['Smørrebrødx, Łódźx', ['smorrebrodx', 'lodzx'], []],
  ['Straẞenx', ['strassenx', 'straßenx'], []],
  ['Groesse der Hallex', ['"Größe der Hallex"', 'größe'], []],
  ['Größe der Torex', ['"Groesse der Torex"'], []],
  // long text: the beginning of an endless word
  [`sha${'ab12'.repeat(40)}`, [`sha${'ab12'.repeat(40)}`], []],
]

beforeAll(async () => {
  at = await place()
  lea = await signUp(at.server, 'lea', at.team.invite_id)
  room = await channelOf(at.ana, at.team, 'O', [lea])
  for (const [message] of table) await write(at.ana, room, message)
})
afterAll(() => at.stop())

const found = async (terms: string) => {
  const { order, posts, matches } = await lea.call(search.posts, { body: { terms, per_page: 100 } })
  return order.map((id) => ({ message: posts[id]?.message ?? '', matches: matches[id] ?? [] }))
}

it.each(table.flatMap(([message, finds]) => finds.map((terms): [string, string] => [message, terms])))(
  '%j is found by %j',
  async (message, terms) => {
    expect((await found(terms)).map((each) => each.message)).toContain(message)
  },
)

it.each(
  table.flatMap(([message, , findsNot]) => findsNot.map((terms): [string, string] => [message, terms])),
)('%j is not found by %j', async (message, terms) => {
  expect((await found(terms)).map((each) => each.message)).not.toContain(message)
})

it.each([
  ['„Rom“', 'Reise nach „Rom“', ['Rom']],
  ["geht's", 'wie geht’s', ['geht', 's']],
  ['crate_types', 'sess.crate_types() vs sess.opts.crate_types', ['crate', 'types']],
  ['上海', '我家在上海东边。', ['上海']],
  ['東京駅', '会議は東京駅で', ['東京駅']],
  ['Donaudampfx', 'Donau\u00ADdampfx', ['Donau\u00ADdampfx']],
  ['aergerx', 'Ärgerx in ÄRGER', ['Ärgerx', 'ÄRGER']],
])('a search for %j highlights what it found in %j', async (terms, message, matches) => {
  const hit = (await found(terms)).find((each) => each.message === message)
  expect(hit?.matches).toEqual(expect.arrayContaining(matches))
  for (const match of hit?.matches ?? []) expect(message).toContain(match)
})

it('an excluded identifier must match as a whole', async () => {
  const messages = async (terms: string) => (await found(terms)).map(({ message }) => message)
  expect(await messages('config -max_file_size')).toEqual([])
  expect(await messages('config -file_max')).toEqual(['config.max_file_size=5'])
})
