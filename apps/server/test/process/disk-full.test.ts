import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formWith } from '@plausch/testkit'
import { posts } from '@plausch/wire'
import { expect, it, onTestFinished } from 'vitest'
import { clusterOf, isRoot, killPostgres } from '../../src/core/postgres/fixture.ts'
import { findSurvivors } from '../../src/core/postgres/survivors.ts'
import { begin, startServer, until } from './server-process.ts'

const MEGABYTE = 1024 * 1024

/** A small disk in memory; undefined if this user may not create one. */
const smallDisk = async (megabytes: number): Promise<string | undefined> => {
  const folder = await mkdtemp(join(tmpdir(), 'plausch-disk-'))
  const { status } = spawnSync('mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${megabytes}m,mode=0700`,
    'plausch-test',
    folder,
  ])
  onTestFinished(async () => {
    await killPostgres(folder)
    if (status === 0) spawnSync('umount', [folder])
    await rm(folder, { recursive: true, force: true })
  })
  return status === 0 ? folder : undefined
}

const fill = async (file: string) => {
  const bytes = Buffer.alloc(MEGABYTE)
  const problem = await (async () => {
    for (;;) await writeFile(file, bytes, { flag: 'a' })
  })().catch((error: unknown) => error)
  expect(problem).toMatchObject({ code: 'ENOSPC' })
}

it('refuses to write on a full disk, lets everybody read, and writes again when there is room', async ({
  skip,
}) => {
  const disk = await smallDisk(320)
  if (disk === undefined)
    return skip(isRoot ? 'no tmpfs can be mounted here' : 'mounting a small disk needs root')
  const server = await startServer(disk)
  const { admin, townSquare } = await begin(server.url)
  const api = admin.api(server.url)
  const write = (message: string) =>
    fetch(`${server.url}/api/v4/posts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.token()}` },
      body: JSON.stringify({ channel_id: townSquare, message }),
    })
  const read = () => api.call(posts.listInChannel, { params: { channel_id: townSquare } })
  expect((await write('before')).status).toBe(201)
  const { postmaster } = await findSurvivors(clusterOf(disk))

  const filler = join(disk, 'filler')
  await fill(filler)
  // PostgreSQL may lack room for this or that before the server has looked and refuses everything.
  await until('the server has seen it', () => server.err().includes('the disk is full: nothing is written'))
  const refused = await write('refused')
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('2')
  expect(await refused.json()).toMatchObject({ id: 'storage.full', status_code: 503 })
  const patch = {
    method: 'PUT',
    headers: { authorization: `Bearer ${api.token()}` },
    body: '{"first_name":"A"}',
  }
  expect((await fetch(`${server.url}/api/v4/users/me/patch`, patch)).status).toBe(503)
  const messages = Object.values((await read()).posts).map((post) => post.message)
  expect(messages).toContain('before')
  expect(messages).not.toContain('refused')

  await rm(filler)
  await until('writing is possible again', async () => (await write('after')).status === 201)
  expect(Object.values((await read()).posts).map((post) => post.message)).toContain('after')
  // Nothing broke meanwhile: the same server, the same PostgreSQL.
  expect((await findSurvivors(clusterOf(disk))).postmaster).toBe(postmaster)
  expect(await server.stop()).toEqual({ code: 0, signal: null })
})

it('says that files cannot be stored while their disk is read-only, and stores them afterwards', async ({
  skip,
}) => {
  const disk = await smallDisk(320)
  if (disk === undefined)
    return skip(isRoot ? 'no tmpfs can be mounted here' : 'mounting a small disk needs root')
  const server = await startServer(disk)
  const { admin, townSquare } = await begin(server.url)
  const headers = { authorization: `Bearer ${admin.api(server.url).token()}` }
  const send = async (name: string) => {
    const body = formWith('files', name, 'some words', { channel_id: townSquare })
    const reply = await fetch(`${server.url}/api/v4/files`, { method: 'POST', headers, body })
    return { status: reply.status, body: (await reply.json()) as { file_infos?: { id: string }[] } }
  }
  const id = (await send('before.txt')).body.file_infos?.[0]?.id
  const files = join(disk, 'files')
  const mount = (...args: string[]) => spawnSync('mount', args).status === 0
  expect(mount('--bind', files, files) && mount('-o', 'remount,bind,ro', files)).toBe(true)
  onTestFinished(() => void spawnSync('umount', [files]))
  expect(await send('meanwhile.txt')).toMatchObject({ status: 503, body: { id: 'storage.away' } })
  expect((await fetch(`${server.url}/api/v4/files/${id}`, { headers })).status).toBe(200)
  expect(spawnSync('umount', [files]).status).toBe(0)
  expect((await send('after.txt')).status).toBe(201)
  expect(await server.stop()).toEqual({ code: 0, signal: null })
})
