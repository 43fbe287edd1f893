/** The server reads the text in files, and files made to attack the reader do no harm. */
import { setTimeout as sleep } from 'node:timers/promises'
import { channelOf, type Place, place, sendFile } from '@plausch/testkit'
import { type Channel, settings } from '@plausch/wire'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { extract } from './extraction/run.ts'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

type Known = { is_waiting: boolean; content: string }

const contentOf = async (id: string): Promise<Known | undefined> =>
  await at.server.app.pool.row<Known>('select is_waiting, content from file_contents where file_id = $1', [
    id,
  ])

/** The text of a file, after the server has read it. */
const readIn = async (name: string, bytes: Uint8Array<ArrayBuffer> | string): Promise<string> => {
  const { id } = await sendFile(at.ana, room, name, bytes)
  await expect.poll(async () => (await contentOf(id))?.is_waiting, { timeout: 15_000 }).toBe(false)
  return (await contentOf(id))?.content ?? ''
}

const zip = (parts: Record<string, string>) =>
  new Uint8Array(
    zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)]))),
  )

const pdf = (content: string): string => {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = text.length
    text += `${index + 1} 0 obj${object}endobj\n`
    return place
  })
  const table = places.map((each) => `${String(each).padStart(10, '0')} 00000 n \n`).join('')
  return `${text}xref\n0 6\n0000000000 65535 f \n${table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF`
}

it('reads text in old encodings that people still send', async () => {
  expect(await readIn('a.txt', 'Grüße  aus\tBerlin\n')).toBe('Grüße aus Berlin')
  expect(await readIn('b.txt', new Uint8Array(Buffer.from('Grüße', 'latin1')))).toBe('Grüße')
  expect(await readIn('c.csv', new Uint8Array([0xff, 0xfe, ...Buffer.from('Grüße', 'utf16le')]))).toBe(
    'Grüße',
  )
  expect((await readIn('d.log', 'wort '.repeat(400_000))).length).toBeLessThanOrEqual(1024 * 1024)
})

it('reads PDF and office documents', async () => {
  expect(await readIn('antrag.pdf', pdf('BT /F1 12 Tf 20 100 Td (Strahlzeitantrag) Tj ET'))).toContain(
    'Strahlzeitantrag',
  )
  const docx = zip({
    'word/document.xml':
      '<w:document><w:body><w:p><w:r><w:t>Erster &amp; letzter</w:t></w:r></w:p><w:p><w:r><w:t>Absatz</w:t></w:r></w:p></w:body></w:document>',
    'word/styles.xml': '<w:styles><w:t>unseen</w:t></w:styles>',
  })
  expect(await readIn('a.docx', docx)).toBe('Erster & letzter\nAbsatz')
  const xlsx = zip({
    'xl/sharedStrings.xml': '<sst><si><t>Summe</t></si><si><t>Posten</t></si></sst>',
    'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row><c><v>0</v></c></row></sheetData></worksheet>',
  })
  expect(await readIn('a.xlsx', xlsx)).toBe('Summe\nPosten')
  const pptx = zip({
    'ppt/slides/slide10.xml': '<p:sld><a:p><a:r><a:t>zehn</a:t></a:r></a:p></p:sld>',
    'ppt/slides/slide2.xml': '<p:sld><a:p><a:r><a:t>zwei</a:t></a:r></a:p></p:sld>',
  })
  expect((await readIn('a.pptx', pptx)).split(/\n+/)).toEqual(['zwei', 'zehn'])
  const odt = zip({
    'content.xml': '<office:text><text:h>Titel</text:h><text:p>ein<text:s/>Satz</text:p></office:text>',
  })
  expect(await readIn('a.odt', odt)).toBe('Titel\nein Satz')
})

it('survives broken, hostile and endless files', async () => {
  expect(await readIn('x.pdf', '%PDF-1.4 and nothing of the kind')).toBe('')
  expect(await readIn('x.docx', 'no archive')).toBe('')
  const bomb = zip({ 'word/document.xml': `<w:t>${'a'.repeat(40_000_000)}` })
  expect(await readIn('bomb.docx', bomb)).toBe('')
  const many = zip(
    Object.fromEntries(
      Array.from({ length: 2500 }, (_, n) => [`ppt/slides/slide${n}.xml`, '<a:t>x</a:t>'] as const),
    ),
  )
  expect((await readIn('many.pptx', many)).length).toBeLessThan(3000)
  // An archive that declares a smaller size than it has gets only that much room.
  const liar = zip({ 'word/document.xml': `<w:t>${'b'.repeat(1_000_000)}</w:t>` })
  for (const signature of [0x02014b50, 0x04034b50]) {
    const view = new DataView(liar.buffer)
    for (let place = 0; place < liar.length - 40; place += 1) {
      if (view.getUint32(place, true) === signature)
        view.setUint32(place + (signature === 0x02014b50 ? 24 : 22), 10, true)
    }
  }
  expect((await readIn('liar.docx', liar)).length).toBeLessThan(20)
  expect(await readIn('after.txt', 'still here')).toBe('still here')
}, 40_000)

it('reads other people’s files while one file takes long', async () => {
  const slow = pdf('BT /F1 1 Tf (a) Tj ET\n'.repeat(600_000))
  const long = await sendFile(at.ana, room, 'long.pdf', slow)
  const next = await sendFile(at.ana, room, 'next.txt', 'of the same person')
  const other = await sendFile(at.bo, room, 'other.txt', 'of another')
  await expect.poll(async () => (await contentOf(other.id))?.content, { timeout: 15_000 }).toBe('of another')
  expect((await contentOf(long.id))?.is_waiting).toBe(true)
  expect((await contentOf(next.id))?.is_waiting).toBe(true)
  await expect
    .poll(async () => (await contentOf(next.id))?.content, { timeout: 100_000 })
    .toBe('of the same person')
}, 120_000)

it('stops a reader process that is no longer needed', async () => {
  const stopping = new AbortController()
  const reading = extract('pdf', Buffer.from(pdf('BT ET')), { mostBytes: 100, signal: stopping.signal })
  const outcome = expect(reading).rejects.toThrow('the server stops')
  stopping.abort()
  await outcome
})

it('reads nothing while the setting is off, and skips files without text', async () => {
  expect(await contentOf((await sendFile(at.ana, room, 'x.bin', 'x')).id)).toBeUndefined()
  await at.root.call(settings.patch, { body: { FileSettings: { ExtractContent: false } } })
  const { id } = await sendFile(at.ana, room, 'x.txt', 'x')
  await sleep(50)
  expect(await contentOf(id)).toBeUndefined()
  await at.root.call(settings.patch, { body: { FileSettings: { ExtractContent: true } } })
})
