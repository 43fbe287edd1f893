/**
 * Replaces punycode.js, a dependency of markdown-it: browsers know the ASCII form of a host with other
 * letters. The way back, which only the text of links in angle brackets takes, is left out: such a text shows
 * the host that is asked.
 */
const ASCII = /^[\0-\x7f]*$/

const toASCII = (host: string): string => {
  const address = `http://${host}`
  return !ASCII.test(host) && URL.canParse(address) ? new URL(address).hostname : host
}

const toUnicode = (host: string): string => host

const hostNames = { toASCII, toUnicode }

// biome-ignore lint/style/noDefaultExport: markdown-it imports it so
export { hostNames as default }
