/** The text of a PDF, page by page until there is enough. */
import { getDocumentProxy } from 'unpdf'

export const pdfText = async (bytes: Uint8Array, mostBytes: number): Promise<string> => {
  const document = await getDocumentProxy(bytes)
  let text = ''
  for (let number = 1; number <= document.numPages && text.length < mostBytes; number += 1) {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    text += `${items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')}\n`
    page.cleanup()
  }
  return text
}
