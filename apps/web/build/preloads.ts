/**
 * Writes `preload.json` beside the page: which files it will ask for, as values of the header `Link`. The
 * server sends them with the page, so that they are requested with the first script, not after it.
 */
import type { Plugin, Rolldown } from 'vite'

type Chunk = Rolldown.OutputChunk

const scriptsOf = (chunks: readonly Chunk[], name: string, found = new Set<Chunk>()): ReadonlySet<Chunk> => {
  const chunk = chunks.find(({ fileName }) => fileName === name)
  if (!chunk || found.has(chunk)) return found
  found.add(chunk)
  for (const each of chunk.imports) scriptsOf(chunks, each, found)
  return found
}

/** The links for what begins with these modules, except for what the page itself names. */
const linksOf = (chunks: readonly Chunk[], ends: readonly string[]): string[] => {
  const page = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('index.html'))
  const known = scriptsOf(chunks, page?.fileName ?? '')
  const roots = ends.map((end) => {
    const root = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(end)))
    if (!root) throw new Error(`${end} is not in the build`)
    return root
  })
  const wanted = new Set(roots.flatMap(({ fileName }) => [...scriptsOf(chunks, fileName)]))
  const scripts = [...wanted].filter((chunk) => !known.has(chunk))
  const styles = new Set(scripts.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]))
  return [
    ...scripts.map(({ fileName }) => `</${fileName}>; rel=modulepreload`),
    ...[...styles].map((name) => `</${name}>; rel=preload; as=style`),
  ]
}

export const preloads = (languages: readonly string[]): Plugin => ({
  name: 'plausch-preloads',
  apply: 'build',
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((each) => each.type === 'chunk')
    const part = (language: string, name: string) => `virtual:texts/${language}/${name}`
    const byLanguage = languages.map((language) => {
      const entry = [part(language, 'entry')]
      const signedOut = [...entry, 'screens/SignedOut.tsx']
      const signedIn = [...entry, 'screens/SignedIn.tsx', 'platform/client.ts', part(language, 'chat')]
      return [language, { signedOut: linksOf(chunks, signedOut), signedIn: linksOf(chunks, signedIn) }]
    })
    const source = JSON.stringify(Object.fromEntries(byLanguage))
    this.emitFile({ type: 'asset', fileName: 'preload.json', source })
  },
})
