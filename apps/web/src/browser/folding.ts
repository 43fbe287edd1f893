/**
 * Names as people type them: in any case, with or without accents, umlauts with dots, without, or spelled out.
 */
const folded = (text: string, isSpelledOut: boolean): string =>
  text
    .normalize('NFD')
    .replaceAll(/(?<=[aouAOU])\u0308/g, isSpelledOut ? 'e' : '')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')

/** The forms of a text to compare: umlauts without dots, and as ae, oe, ue if there are any. */
export const formsOf = (text: string): readonly string[] => {
  const plain = folded(text, false)
  const spelled = folded(text, true)
  return plain === spelled ? [plain] : [plain, spelled]
}
