import { execFileSync, spawnSync } from 'node:child_process'
import { chmod, cp, lstat, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createLinks, packageFolder, preparePrograms } from './files.ts'
import {
  clusterOf,
  freshFolder,
  isAlive,
  isRoot,
  nobody,
  query,
  refusal,
  running,
  start,
  startOwner,
} from './fixture.ts'
import type { Runner } from './user.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

function canUnshare(...flags: string[]): boolean {
  try {
    execFileSync('unshare', [...flags, 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const ownMounts = ['--mount', '--ipc', ...(isRoot ? [] : ['--user', '--map-root-user'])]

describe('the programs', () => {
  async function packageWithoutLinks(): Promise<string> {
    const folder = join(await freshFolder(), 'package')
    const isNoLink = async (path: string) => !path.endsWith('.a') && !(await lstat(path)).isSymbolicLink()
    await cp(packageFolder(), folder, { recursive: true, filter: isNoLink })
    return folder
  }
  const self: Runner = { kind: 'self', name: 'this user', uid: -1, gid: -1, prefix: [] }

  test('get their missing links, even if several start at once', async () => {
    const folder = await packageWithoutLinks()
    expect(await Promise.all([1, 2, 3].map(() => createLinks(folder)))).toEqual([true, true, true])
    const programs = await preparePrograms(folder, join(folder, 'copies'), self)
    expect(programs).toEqual({
      postgres: join(folder, 'native', 'bin', 'postgres'),
      initdb: join(folder, 'native', 'bin', 'initdb'),
      major: 18,
    })
  })

  test('that cannot be loaded are refused with the reason', async () => {
    const folder = await packageWithoutLinks()
    await chmod(join(folder, 'native', 'bin', 'postgres'), 0o600)
    expect(await refusal(preparePrograms(folder, join(folder, 'copies'), self))).toMatch(
      /EACCES|Permission denied/,
    )
  })

  test.runIf(isRoot)(
    'that the runner cannot reach are copied once, and copies of older versions are removed',
    async () => {
      const folder = await packageWithoutLinks()
      const copies = join(await freshFolder(), 'copies')
      await chmod(join(copies, '..'), 0o711)
      await mkdir(join(copies, 'linux-x64-17.0.0'), { recursive: true })
      const runner: Runner = { kind: 'drop', name: 'nobody', uid: nobody, gid: nobody, prefix: [] }
      const programs = await preparePrograms(folder, copies, runner)
      const [copy = '', ...others] = await readdir(copies)
      expect(others).toEqual([])
      expect(programs.postgres).toBe(join(copies, copy, 'native', 'bin', 'postgres'))
      const { ino } = await stat(programs.postgres)
      await preparePrograms(folder, copies, runner)
      expect((await stat(programs.postgres)).ino).toBe(ino)
    },
  )
})

describe('a full disk', () => {
  test('is named when the database is made', async ({ skip }) => {
    skip(!canUnshare(...ownMounts), 'no small disk can be mounted here')
    const dataFolder = await freshFolder()
    // PostgreSQL panics and leaves its shared memory behind; here it goes with the namespace.
    const small = 'mount -t tmpfs -o size=20m,mode=0700 none "$0"'
    const script = `${small} && mount -t tmpfs none /dev/shm && exec "$@"`
    const owner = startOwner(dataFolder, { under: ['unshare', ...ownMounts, 'sh', '-c', script, dataFolder] })
    expect(await owner.answer).toEqual({
      error: 'PostgresRefusal',
      message: expect.stringMatching(new RegExp(`disk that holds ${dataFolder}.* is full`)),
    })
  })
})

/** Can another user read this checkout, and so run its programs? */
function isReadableByOthers(): boolean {
  const { status } = spawnSync(process.execPath, ['--version'], { uid: nobody, gid: nobody, cwd: '/' })
  return status === 0
}

describe.runIf(isRoot)('an ordinary user', () => {
  beforeEach(({ skip }) => {
    skip(!isReadableByOthers(), 'the checkout lies below a folder that other users may not enter')
  })

  test('runs PostgreSQL as the same user', async () => {
    const dataFolder = await freshFolder(nobody)
    const owner = startOwner(dataFolder, { uid: nobody })
    const { url, pid } = running(await owner.answer)
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect((await stat(`/proc/${pid}`)).uid).toBe(nobody)
    await owner.stop()
    expect(isAlive(pid)).toBe(false)
  })

  test('keeps their files when root runs it once, and can continue without root', async () => {
    const dataFolder = await freshFolder(nobody)
    const asRoot = await start(dataFolder)
    await query(asRoot.url, 'create table notes as select 1 as n')
    await asRoot.stop()
    const owner = startOwner(dataFolder, { uid: nobody })
    expect(await query(running(await owner.answer).url, 'select n from notes')).toEqual([{ n: 1 }])
    await owner.stop()
  })

  test('may not use a folder without write access, nor a database of another user', async () => {
    const foreign = await freshFolder()
    const unwritable = await startOwner(foreign, { uid: nobody }).answer
    expect(unwritable).toEqual({ error: 'PostgresRefusal', message: expect.stringContaining(foreign) })

    const dataFolder = await freshFolder(nobody)
    await mkdir(clusterOf(dataFolder), { recursive: true, mode: 0o700 })
    execFileSync('chown', [`${nobody}`, join(dataFolder, 'postgres')])
    const strange = await startOwner(dataFolder, { uid: nobody }).answer
    expect(strange).toEqual({
      error: 'PostgresRefusal',
      message: expect.stringContaining('belongs to user id 0'),
    })
  })
})

describe.runIf(isRoot)('root', () => {
  async function effectiveUser(pid: number): Promise<number> {
    return Number(/^Uid:\t\d+\t(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1])
  }
  const hasNamespaces = canUnshare('--user', `--map-user=${nobody}`)

  test('runs it below a closed folder in a namespace, without privileges', async ({ skip }) => {
    skip(!hasNamespaces, 'user namespaces are not allowed here')
    const closed = await freshFolder()
    const postgres = await start(join(closed, 'data'), 'namespace')
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(await effectiveUser(postgres.pid)).toBe(0)
    const status = await readFile(`/proc/${postgres.pid}/status`, 'utf8')
    expect(status).toMatch(/^CapEff:\t0+$/m)
    expect((await stat(clusterOf(join(closed, 'data')))).uid).toBe(0)
    await postgres.stop()
    expect(isAlive(postgres.pid)).toBe(false)
  })

  test('runs it as another user, and opens its own folder just enough', async () => {
    const dataFolder = await freshFolder()
    const postgres = await start(dataFolder, 'drop')
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(await effectiveUser(postgres.pid)).toBe(nobody)
    const { uid, mode } = await stat(dataFolder)
    expect({ uid, mode: mode & 0o7777 }).toEqual({ uid: 0, mode: 0o710 })
    expect((await stat(clusterOf(dataFolder))).mode & 0o7777).toBe(0o700)
  })

  test('falls back to another user if namespaces are not allowed', async () => {
    const dataFolder = await freshFolder()
    const tools = await freshFolder()
    await writeFile(join(tools, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    const owner = startOwner(dataFolder, { under: ['env', `PATH=${tools}:${process.env.PATH}`] })
    const { url, pid } = running(await owner.answer)
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(await effectiveUser(pid)).toBe(nobody)
    await owner.stop()
  })

  test('learns which folder is in the way of another user, and which would do', async () => {
    const closed = await freshFolder()
    const message = await refusal(start(join(closed, 'data'), 'drop'))
    expect(message).toContain(`cannot enter ${closed} (mode 0700, owner root)`)
    expect(message).toContain('PLAUSCH_DATA=/var/lib/plausch')
    expect((await stat(closed)).mode & 0o7777).toBe(0o700)
  })

  test('may switch between the two ways and keeps the data', async ({ skip }) => {
    skip(!hasNamespaces, 'user namespaces are not allowed here')
    const dataFolder = await freshFolder()
    const first = await start(dataFolder, 'namespace')
    await query(first.url, 'create table notes as select 1 as n')
    await first.stop()
    for (const [way, uid] of [
      ['drop', nobody],
      ['namespace', 0],
      ['drop', nobody],
      ['probe', nobody],
    ] as const) {
      const next = await start(dataFolder, way)
      expect(await query(next.url, 'select n from notes')).toEqual([{ n: 1 }])
      expect(await effectiveUser(next.pid)).toBe(uid)
      expect((await stat(clusterOf(dataFolder))).uid).toBe(uid)
      await next.stop()
    }
  })
})
