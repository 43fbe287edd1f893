/** What calls a telephone number: the URL of a link. */
export const phoneUrl = (number: string): string => `tel:${number.replace(/[^\d+]/g, '')}`
