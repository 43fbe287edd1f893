/**
 * A running server's folders disappear, as when a disk is unmounted: the server creates nothing in their
 * place, and continues when they are back.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApi } from '@plausch/client'
import { formWith } from '@plausch/testkit'
import { onboarding, posts } from '@plausch/wire'
import { expect, it, onTestFinished } from 'vitest'
import { clusterOf, freshFolder, freshPlace, isRoot, killPostgres } from '../../src/core/postgres/fixture.ts'
import { findSurvivors } from '../../src/core/postgres/survivors.ts'
import { begin, root, run, startServer, until, usedFolder } from './server-process.ts'

const lines = (text: string, words: string) => text.split('\n').filter((line) => line.includes(words)).length

it('a running server whose database is gone makes no new one, and continues when it is back', async () => {
  const folder = await freshPlace()
  const data = join(folder, 'data')
  const server = await startServer(data)
  onTestFinished(() => killPostgres(data))
  const { admin, townSquare } = await begin(server.url)
  const api = admin.api(server.url)
  const post = await api.call(posts.create, { body: { channel_id: townSquare, message: 'before' } })

  await rename(data, join(folder, 'elsewhere'))
  await killPostgres(folder)
  const { all } = await findSurvivors(join(folder, 'elsewhere', 'postgres', 'cluster'))
  for (const pid of all) process.kill(pid, 'SIGKILL')
  await until('it says what is gone', () => server.err().includes('makes no new database in its place'))
  const body = { username: 'first', email: 'first@example.org', password: 'correct horse battery' }
  const problem = await createApi({ baseUrl: server.url })
    .call(onboarding.signUp, { query: {}, body })
    .catch((error: unknown) => error)
  expect(problem).toMatchObject({ id: 'unavailable', status: 503 })
  expect(existsSync(data)).toBe(false)
  // An unmounted disk leaves an empty folder.
  await mkdir(data, { mode: 0o700 })
  await new Promise((resolve) => setTimeout(resolve, 6000))
  expect(await readdir(data)).toEqual([])

  await rm(data, { recursive: true })
  await rename(join(folder, 'elsewhere'), data)
  await until('it goes on', () =>
    api.call(posts.get, { params: { post_id: post.id } }).then(
      () => true,
      () => false,
    ),
  )
  // The server retries every five seconds, and complains once a minute.
  expect(lines(server.err(), 'PostgreSQL could not be started, and is tried again')).toBeLessThan(3)
  expect(server.err()).not.toContain('nobody handled it')
  expect(await server.stop()).toEqual({ code: 0, signal: null })
}, 120_000)

it('a start makes no new database in a folder that has had one, and says how to continue', async () => {
  const data = await freshFolder()
  const server = await startServer(data)
  await begin(server.url)
  expect(await server.stop()).toEqual({ code: 0, signal: null })
  await rename(clusterOf(data), join(data, 'cluster-elsewhere'))
  const env = { PLAUSCH_DATA: data, PLAUSCH_LISTEN: '127.0.0.1:0' }
  const start = async () => {
    const program = run(join(root, 'bin/node'), ['apps/cli/src/main.ts', 'serve'], { env })
    return { ...(await program.ended), said: program.err() }
  }
  for (const trace of ['has-a-database', 'postgres.log', 'files']) {
    const refused = await start()
    expect(refused.code).toBe(1)
    expect(refused.said).toMatch(
      /has been used before \(there is .*\), but its database in .* is gone\. Bring it back/,
    )
    expect(refused.said).toContain(trace)
    expect(existsSync(clusterOf(data))).toBe(false)
    // The next trace alone is enough.
    await rm(join(data, trace), { recursive: true })
    if (trace === 'postgres.log') {
      await mkdir(join(data, 'files'))
      await writeFile(join(data, 'files', 'one'), '')
    }
  }
  await rename(join(data, 'cluster-elsewhere'), clusterOf(data))
  const again = await startServer(data)
  expect(await again.stop()).toEqual({ code: 0, signal: null })
})

it('a missing folder of files is reported, not created, also at the next start', async () => {
  const data = await usedFolder()
  let server = await startServer(data)
  const { admin, townSquare } = await begin(server.url)
  const send = async (name: string) => {
    const reply = await fetch(`${server.url}/api/v4/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin.api(server.url).token()}` },
      body: formWith('files', name, 'some words', { channel_id: townSquare }),
    })
    return {
      status: reply.status,
      body: (await reply.json()) as { id?: string; file_infos?: { id: string }[] },
    }
  }
  const get = (id = '') =>
    fetch(`${server.url}/api/v4/files/${id}`, {
      headers: { authorization: `Bearer ${admin.api(server.url).token()}` },
    }).then((reply) => reply.status)
  const id = (await send('before.txt')).body.file_infos?.[0]?.id
  expect(await get(id)).toBe(200)

  const [files, elsewhere] = [join(data, 'files'), join(data, 'elsewhere')]
  await rename(files, elsewhere)
  for (const round of ['running', 'started']) {
    expect(await send(`${round}.txt`)).toMatchObject({ status: 503, body: { id: 'storage.away' } })
    expect(await get(id)).toBe(503)
    expect(existsSync(files)).toBe(false)
    expect(server.err()).toMatch(/The folder .*files, where files are kept, is gone/)
    await mkdir(files)
    expect((await send(`${round} in an empty folder.txt`)).status).toBe(503)
    expect(await readdir(files)).toEqual([])
    await rm(files, { recursive: true })
    if (round === 'running') {
      expect(await server.stop()).toEqual({ code: 0, signal: null })
      server = await startServer(data)
    }
  }
  await rename(elsewhere, files)
  expect(await get(id)).toBe(200)
  expect((await send('after.txt')).status).toBe(201)
  expect(await server.stop()).toEqual({ code: 0, signal: null })
}, 60_000)

it('a read-only disk ends neither the server nor its supervision of PostgreSQL', async ({ skip }) => {
  const disk = await mkdtemp(join(tmpdir(), 'plausch-disk-'))
  const mount = (...args: string[]) => spawnSync('mount', args).status === 0
  const isMounted = isRoot && mount('-t', 'tmpfs', '-o', 'size=400m,mode=0700', 'plausch-test', disk)
  onTestFinished(async () => {
    await killPostgres(disk)
    if (isMounted) spawnSync('umount', ['-l', disk])
    await rm(disk, { recursive: true, force: true })
  })
  if (!isMounted) return skip('mounting a small disk needs root')
  const server = await startServer(disk)
  const { admin, townSquare } = await begin(server.url)
  const api = admin.api(server.url)
  // Files that are open for writing prevent a read-only mount; a second mount of the folder has none.
  const { postmaster } = await findSurvivors(clusterOf(disk))
  process.kill(postmaster ?? -1, 'SIGSTOP')
  expect(mount('--bind', disk, disk) && mount('-o', 'remount,bind,ro', disk)).toBe(true)
  process.kill(postmaster ?? -1, 'SIGKILL')
  await until('it has tried in vain', () => server.err().includes('PostgreSQL could not be started'))
  expect(server.err()).not.toContain('nobody handled it')
  expect(server.err()).not.toContain('is not watched any more')
  spawnSync('umount', ['-l', disk])
  const body = { channel_id: townSquare, message: 'written again' }
  await until('it goes on', () =>
    api.call(posts.create, { body }).then(
      () => true,
      () => false,
    ),
  )
  expect(await readFile(join(disk, 'has-a-database'), 'utf8')).toContain('makes no new one')
  expect(await server.stop()).toEqual({ code: 0, signal: null })
}, 120_000)
