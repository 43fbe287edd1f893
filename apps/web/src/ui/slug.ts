/** A name in lower case, with the letters of English for those with marks: "Größe" becomes "groesse". */
export const plainOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')

/**
 * The part of a URL that is made from a name: lower-case letters, digits and hyphens. "Größe & Maß" becomes
 * "groesse-mass".
 */
export const slugOf = (name: string): string =>
  plainOf(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
