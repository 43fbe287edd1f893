/** The text of office documents, which are archives of XML files. */
import { unzipSync } from 'fflate'
import { Parser } from 'htmlparser2'

export type OfficeFormat = 'docx' | 'xlsx' | 'pptx' | 'opendocument'

/** The files in an archive that hold text. */
const parts: Record<OfficeFormat, RegExp> = {
  docx: /^word\/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$/,
  xlsx: /^xl\/(sharedStrings|worksheets\/sheet\d+|comments\d*)\.xml$/,
  pptx: /^ppt\/(slides\/slide\d+|notesSlides\/notesSlide\d+)\.xml$/,
  opendocument: /^content\.xml$/,
}

/** In spreadsheets only text cells are read: numbers and formulas are in other elements. */
const texts: Record<OfficeFormat, RegExp | undefined> = {
  docx: /^w:t$/,
  xlsx: /^t$/,
  pptx: /^a:t$/,
  opendocument: undefined,
}

/** Elements that end a line. */
const lines = /^(w:p|a:p|w:tr|si|is|text:p|text:h|table:table-row)$/
const gaps = /^(w:tab|w:br|a:br|text:tab|text:s|text:line-break|w:tc|table:table-cell)$/

/**
 * The largest declared size of one unpacked file, and of all together. The unpacker allocates no more than
 * the declared size.
 */
const MOST_PART = 32 * 1024 * 1024
const MOST_ALL = 64 * 1024 * 1024
const MOST_PARTS = 1000

const textOf = (xml: string, only: RegExp | undefined, room: number): string => {
  const found: string[] = []
  let length = 0
  let depth = only ? 0 : 1
  const add = (text: string) => {
    if (length > room) return
    found.push(text)
    length += text.length
  }
  const parser = new Parser(
    {
      onopentag: (name) => {
        if (only?.test(name)) depth += 1
      },
      ontext: (text) => {
        if (depth > 0) add(text)
      },
      onclosetag: (name) => {
        if (only?.test(name)) depth -= 1
        if (lines.test(name)) add('\n')
        else if (gaps.test(name)) add(' ')
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(xml)
  return found.join('')
}

/** Sorts the files by name, with the numbers in names as numbers. */
const byName = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })

export const officeText = (format: OfficeFormat, bytes: Uint8Array, mostBytes: number): string => {
  let room = MOST_ALL
  let count = 0
  const unpacked = unzipSync(bytes, {
    filter({ name, originalSize }) {
      if (!parts[format].test(name) || originalSize > MOST_PART || originalSize > room) return false
      count += 1
      room -= originalSize
      return count <= MOST_PARTS
    },
  })
  const decoder = new TextDecoder()
  let text = ''
  for (const name of Object.keys(unpacked).sort(byName)) {
    if (text.length >= mostBytes) break
    text += `${textOf(decoder.decode(unpacked[name]), texts[format], mostBytes - text.length)}\n`
  }
  return text
}
