/** Finds the addresses in a message that get a preview. */
import { type Block, type Inline, readMessage } from '@plausch/markdown'
import type { Settings } from '@plausch/wire'

const LONGEST = 2048
const MOST_IMAGES = 5

/** A quick test that saves parsing most messages. */
export const mayHaveLink = (message: string): boolean => /https?:\/\//i.test(message)

type Found = { link: string | undefined; images: string[] }

const inInline = (nodes: readonly Inline[], found: Found): void => {
  for (const node of nodes) {
    if (node.kind === 'link') found.link ??= node.href
    else if (node.kind === 'image') found.images.push(node.href)
    else if (node.kind === 'strong' || node.kind === 'em' || node.kind === 'strike')
      inInline(node.children, found)
  }
}

const inBlocks = (blocks: readonly Block[], found: Found): void => {
  for (const block of blocks) {
    if (block.kind === 'paragraph' || block.kind === 'heading') inInline(block.children, found)
    else if (block.kind === 'quote') inBlocks(block.children, found)
    else if (block.kind === 'list') for (const item of block.items) inBlocks(item.children, found)
    else if (block.kind === 'table')
      for (const cell of [block.head, ...block.rows].flat()) inInline(cell, found)
  }
}

const domainsIn = (list: string): string[] =>
  list
    .split(/[\s,]+/)
    .map((domain) => domain.replace(/^@?\.?/, '').toLowerCase())
    .filter((domain) => domain !== '')

/**
 * May the server fetch this address? Not if it belongs to this server, or to a domain that the settings
 * exclude.
 */
export const mayPreview = (address: string, { ServiceSettings }: Settings): boolean => {
  const url = address.length <= LONGEST ? URL.parse(address) : null
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false
  const { SiteURL, RestrictLinkPreviews } = ServiceSettings
  if (SiteURL !== '' && URL.parse(SiteURL)?.host === url.host) return false
  return !domainsIn(RestrictLinkPreviews).some(
    (domain) => url.hostname === domain || url.hostname.endsWith(`.${domain}`),
  )
}

/** The first link of a message, shown below it, and the pictures in the message. */
export const linksIn = (message: string, settings: Settings): Found => {
  const found: Found = { link: undefined, images: [] }
  if (mayHaveLink(message)) inBlocks(readMessage(message), found)
  const { link } = found
  return {
    link: link !== undefined && mayPreview(link, settings) ? link : undefined,
    images: [...new Set(found.images)].filter((url) => mayPreview(url, settings)).slice(0, MOST_IMAGES),
  }
}
