/** What a page loads before it can be used, found in the finished build. */
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { onlyInConsole } from './loads.ts'

type Bundle = readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[]

/** The parts that are loaded together. */
export type Load = {
  chunks: readonly Rolldown.OutputChunk[]
  /** Compressed as the server sends them. */
  scripts: number
  styles: number
  /** The files that these chunks were made of. */
  modules: readonly string[]
}

const sizeOf = (content: string | Uint8Array): number => gzipSync(content, { level: 9 }).length
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0)

/** Builds the client as `npm run build` does, without writing it. */
export const bundleClient = async (): Promise<Bundle> => {
  const before = process.env.NODE_ENV
  // Otherwise tests would measure the development build of React.
  process.env.NODE_ENV = 'production'
  try {
    const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url))
    const built = await build({ configFile, mode: 'production', logLevel: 'silent', build: { write: false } })
    return (built as Rolldown.RolldownOutput).output
  } finally {
    process.env.NODE_ENV = before
  }
}

const chunksOf = (bundle: Bundle) => bundle.filter((each) => each.type === 'chunk')

/** These chunks and those that they import, each once. */
const closure = (bundle: Bundle, roots: readonly Rolldown.OutputChunk[]): Rolldown.OutputChunk[] => {
  const byName = new Map(chunksOf(bundle).map((chunk) => [chunk.fileName, chunk]))
  const found = new Set<Rolldown.OutputChunk>()
  const waiting = [...roots]
  for (let chunk = waiting.pop(); chunk; chunk = waiting.pop()) {
    if (found.has(chunk)) continue
    found.add(chunk)
    waiting.push(...chunk.imports.flatMap((name) => byName.get(name) ?? []))
  }
  return [...found]
}

/** The chunk with the module whose id ends like this, as `screens/SignedIn.tsx`. */
export const chunkWith = (bundle: Bundle, end: string): Rolldown.OutputChunk => {
  const chunk = chunksOf(bundle).find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(end)))
  if (!chunk) throw new Error(`no chunk has ${end}`)
  return chunk
}

const loadOf = (bundle: Bundle, ends: readonly string[]): Load => {
  const chunks = closure(
    bundle,
    ends.map((end) => chunkWith(bundle, end)),
  )
  const styles = new Set(chunks.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]))
  return {
    chunks,
    scripts: sum(chunks.map(({ code }) => sizeOf(code))),
    styles: sum(
      bundle.flatMap((each) =>
        each.type === 'asset' && styles.has(each.fileName) ? [sizeOf(each.source)] : [],
      ),
    ),
    modules: chunks.flatMap(({ moduleIds }) => moduleIds),
  }
}

/** German has the longer texts. */
const entry = ['src/main.tsx', 'virtual:texts/de/entry']
const chat = ['screens/SignedIn.tsx', 'platform/client.ts', 'virtual:texts/de/chat']

export const signInPage = (bundle: Bundle): Load => loadOf(bundle, [...entry, 'screens/SignedOut.tsx'])
export const openPages = (bundle: Bundle): Load[] =>
  ['NewPassword', 'ForgotPassword', 'VerifyAddress', 'DesktopSignIn', 'ErrorPage'].map((name) =>
    loadOf(bundle, [...entry, `/${name}.tsx`]),
  )
export const chatPage = (bundle: Bundle): Load => loadOf(bundle, [...entry, ...chat])

const ARIA = /node_modules\/(?:@react-(?:aria|stately|types)|react-aria|react-stately|@internationalized)/

/** The chunks that mostly consist of react-aria, compressed. */
export const ariaSize = (bundle: Bundle): number =>
  sum(
    chunksOf(bundle)
      .filter(({ modules }) => {
        const all = Object.entries(modules)
        const own = all.filter(([id]) => ARIA.test(id))
        const length = (list: typeof all) => sum(list.map(([, { renderedLength }]) => renderedLength))
        return length(own) > length(all) / 2
      })
      .map(({ code }) => sizeOf(code)),
  )

/** The styles that only administrators load. */
const consoleStyles = (bundle: Bundle): Set<string> => {
  const files = onlyInConsole(fileURLToPath(new URL('../src', import.meta.url)))
  const own = chunksOf(bundle).filter(({ moduleIds }) => moduleIds.some((id) => files.has(id)))
  return new Set(own.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]))
}

/** All styles of the client but for those of the console, compressed. */
export const allStyles = (bundle: Bundle): number => {
  const others = consoleStyles(bundle)
  return sum(
    bundle.flatMap((each) =>
      each.type === 'asset' && each.fileName.endsWith('.css') && !others.has(each.fileName)
        ? [sizeOf(each.source)]
        : [],
    ),
  )
}
