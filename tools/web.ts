/** Keeps the built web client (apps/web/dist) up to date with its sources. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'apps/web/dist')
const cache = join(root, '.cache')
/** Inside the folder, so that any other build into it removes the stamp. */
const STAMP = '.stamp'

/** The sources of the client. */
const sources = ['apps/web', 'packages/client', 'packages/markdown', 'packages/wire']
const others = ['package-lock.json', 'tools/build-web.ts']
const isSource = (path: string) => !/(^|\/)(dist|node_modules)(\/|$)|\.test\.tsx?$/.test(path)

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

const filesOf = async (folder: string): Promise<string[]> => {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter(isSource)
}

/** A hash over all files that the build reads. It uses contents, not times: a fresh clone has new times. */
const stampOf = async (): Promise<string> => {
  const hash = createHash('sha256')
  const files = [...(await Promise.all(sources.map(filesOf))).flat(), ...others].sort()
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(await readFile(join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

const canBuild = (): boolean => {
  try {
    createRequire(join(root, 'apps/web/package.json')).resolve('vite')
    return true
  } catch {
    return false
  }
}

const incomplete =
  'The web client cannot be built, because a part of Vite for this machine is not installed. That happens when ' +
  "'npm ci' runs on a Node older than 20.19. Run it again with a newer one."

/** Runs the build in a separate process, which frees its memory when it ends. */
const build = async (outDir: string): Promise<void> => {
  const child = spawn(process.execPath, [join(root, 'tools/build-web.ts'), outDir], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    process.exit(1)
  }
  process.once('SIGINT', end).once('SIGTERM', end)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  process.off('SIGINT', end).off('SIGTERM', end)
  if (code === 0) return
  // npm silently leaves out packages that it considers too new for the Node it runs on.
  if (output.includes('Cannot find native binding')) throw new WebRefusal(incomplete)
  throw new WebRefusal(`The web client could not be built:\n${output.trim()}`)
}

/** Puts a finished build in place; at any moment, readers find the old one or the new one. */
const replace = async (fresh: string) => {
  const old = `${fresh}-old`
  if (await exists(dist)) await rename(dist, old)
  await rename(fresh, dist)
  await rm(old, { recursive: true, force: true })
}

/** There is no web client, and none can be built; the message says what to do. */
export class WebRefusal extends Error {}

/** Builds the web client if its sources are newer, and reports that by `tell`. */
export const ensureWeb = async (tell: (line: string) => void): Promise<void> => {
  const stamp = await stampOf()
  const isBuilt = await exists(join(dist, 'index.html'))
  if (isBuilt && (await readFile(join(dist, STAMP), 'utf8').catch(() => '')) === stamp) return
  if (!canBuild()) {
    if (!isBuilt)
      throw new WebRefusal(
        "The web client is not built, and Vite, which builds it, is missing. Run 'npm ci' first.",
      )
    tell('The web client is older than its sources, but Vite is missing: it is served as it is.')
    return
  }
  const began = performance.now()
  tell('Building the web client …')
  await mkdir(cache, { recursive: true })
  const work = await mkdtemp(join(cache, 'web-'))
  try {
    const fresh = join(work, 'dist')
    await build(fresh)
    await writeFile(join(fresh, STAMP), stamp)
    await replace(fresh)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  tell(`The web client was built in ${((performance.now() - began) / 1000).toFixed(1)} s.`)
}
