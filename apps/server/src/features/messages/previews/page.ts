/**
 * Reads what a page says about itself for links to it: the Open Graph protocol, and the ordinary title and
 * description.
 */
import type { OpenGraph } from '@plausch/wire'
import { Parser } from 'htmlparser2'

const MOST_IMAGES = 4
/**
 * No real page nests elements this deep. The limit matters because the parser walks all open elements at
 * every tag.
 */
const DEEPEST = 100
const LONGEST = 2000

type Head = { meta: Map<string, string>; images: Record<string, string>[]; title: string }

const readHead = (html: string): Head => {
  const head: Head = { meta: new Map(), images: [], title: '' }
  let isInTitle = false
  const take = (name: string, content: string) => {
    if (name === 'og:image' || name === 'og:image:url') {
      const last = head.images.at(-1)
      if (name === 'og:image:url' && last) last.url = content
      else if (head.images.length < MOST_IMAGES) head.images.push({ url: content })
    } else if (name.startsWith('og:image:')) {
      const last = head.images.at(-1)
      if (last) last[name.slice('og:image:'.length)] = content
    } else if (!head.meta.has(name)) head.meta.set(name, content)
  }
  let depth = 0
  const parser = new Parser({
    onopentag(tag, attributes) {
      depth += 1
      // The rest of the page is not read.
      if (depth > DEEPEST) parser.pause()
      isInTitle = tag === 'title' && head.title === ''
      const name = attributes.property ?? attributes.name
      if (tag === 'meta' && name && attributes.content) take(name.toLowerCase(), attributes.content.trim())
    },
    ontext(text) {
      if (isInTitle && head.title.length < LONGEST) head.title += text
    },
    onclosetag() {
      depth -= 1
      isInTitle = false
    },
  })
  parser.end(html)
  return head
}

const short = (text: string | undefined) =>
  (text ?? '').toWellFormed().replaceAll('\0', '').replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST)

/** Longer addresses fail on most servers, and everybody in the channel would receive them. */
const LONGEST_ADDRESS = 2048

/** An absolute address from an address on the page; undefined if it is not http or https. */
const addressOn = (page: string, address: string | undefined): string | undefined => {
  const url = address === undefined ? null : URL.parse(address, page)
  const isOfTheWeb = url !== null && (url.protocol === 'http:' || url.protocol === 'https:')
  return isOfTheWeb && url.href.length <= LONGEST_ADDRESS ? url.href : undefined
}

const number = (text: string | undefined) =>
  /^\d{1,5}$/.test(text ?? '') ? { value: Number(text) } : undefined

/** The description of a page; undefined if it has none. Runs in a separate thread (page-worker.ts). */
export const readPage = (address: string, html: string): OpenGraph | undefined => {
  const { meta, images, title } = readHead(html)
  const found: OpenGraph = {
    type: short(meta.get('og:type')) || 'website',
    url: addressOn(address, meta.get('og:url')) ?? address,
    title: short(meta.get('og:title') ?? meta.get('twitter:title') ?? title),
    description: short(meta.get('og:description') ?? meta.get('description')),
    site_name: short(meta.get('og:site_name')),
    images: images.flatMap((image) => {
      const url = addressOn(address, image.url)
      const secure = addressOn(address, image.secure_url)
      const [width, height] = [number(image.width), number(image.height)]
      if (url === undefined) return []
      return [
        {
          url,
          ...(secure ? { secure_url: secure } : {}),
          ...(width ? { width: width.value } : {}),
          ...(height ? { height: height.value } : {}),
        },
      ]
    }),
  }
  return found.title !== '' || found.description !== '' || found.images.length > 0 ? found : undefined
}
