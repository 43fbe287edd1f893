/** Every link and picture of the documents leads somewhere. */
import { access, readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const skipped = /(^|\/)(node_modules|dist|data|\.[^/]+)(\/|$)/

const documents = (await readdir(root, { recursive: true }))
  .filter((path) => path.endsWith('.md') && !skipped.test(path))
  .sort()

/** Code is no text with links. */
const textOf = async (path: string): Promise<string> =>
  (await readFile(join(root, path), 'utf8'))
    .replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, '')
    .replaceAll(/`[^`\n]*`/g, '')

/** The links to places of this repository: their addresses without the name in quotes. */
const linksIn = (text: string): string[] =>
  [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g), ...text.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)]
    .map(([, address = '']) => address)
    .filter((address) => !/^(?:[a-z]+:|\/)/i.test(address))

/** The anchors of the headings, as GitHub makes them. */
const anchorsOf = async (path: string): Promise<ReadonlySet<string>> => {
  const text = await readFile(join(root, path), 'utf8')
  const headings = [...text.matchAll(/^#+\s+(.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  )
  return new Set(headings)
}

/** What is wrong with a link; undefined if it leads somewhere. */
const problemWith = async (from: string, address: string): Promise<string | undefined> => {
  const [path = '', anchor = ''] = decodeURIComponent(address).split('#')
  const to = path === '' ? from : relative(root, join(root, dirname(from), path))
  const isThere = await access(join(root, to)).then(
    () => true,
    () => false,
  )
  if (!isThere) return `${from}: ${address} is not there`
  if (anchor === '' || !to.endsWith('.md')) return undefined
  return (await anchorsOf(to)).has(anchor) ? undefined : `${from}: ${address} has no such heading`
}

describe('the documents', () => {
  it('have links', async () => {
    expect(documents).toContain('docs/use/en.md')
    const found = await Promise.all(documents.map(async (path) => linksIn(await textOf(path)).length))
    expect(found.reduce((all, each) => all + each, 0)).toBeGreaterThan(50)
  })

  it.each(documents)('%s leads only to what is there', async (path) => {
    const found = await Promise.all(linksIn(await textOf(path)).map((address) => problemWith(path, address)))
    expect(found.filter(Boolean)).toEqual([])
  })

  it('show every picture that is kept for them', async () => {
    const kept = (await readdir(join(root, 'docs'), { recursive: true })).filter((path) =>
      path.endsWith('.png'),
    )
    const shown = await Promise.all(
      documents.map(async (path) =>
        linksIn(await textOf(path)).map((address) => relative(root, join(root, dirname(path), address))),
      ),
    )
    expect(kept.map((path) => join('docs', path)).filter((path) => !shown.flat().includes(path))).toEqual([])
  })
})
