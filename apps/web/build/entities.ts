/** Replaces markdown-it's table of 2,231 HTML entities (17 kB): browsers know them all. */
let decoder: DOMParser | undefined

/** Decodes one entity with its semicolon, such as `&amp;`; other text stays as it is. */
export const decodeHTMLStrict = (text: string): string => {
  if (!/^&[#a-z0-9]+;$/i.test(text)) return text
  decoder ??= new DOMParser()
  // Parsed into a separate document, in which nothing is loaded or run; only its text is read.
  return decoder.parseFromString(text, 'text/html').body.textContent || text
}
