import { mkdir, mkdtemp, open, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { sourceOf } from './blobs/blobs.ts'
import { localBlobs } from './blobs/local.ts'
import { renameDurably, syncTree } from './durable.ts'

let folder: string
/** What the system was asked to sync, as paths below the folder, in order. */
let synced: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plausch-test-'))
  synced = []
  const handle = await open(folder)
  const kind = Object.getPrototypeOf(handle) as { sync(this: { fd: number }): Promise<void> }
  await handle.close()
  const sync = kind.sync
  const spy = vi.spyOn(kind, 'sync').mockImplementation(async function (this: { fd: number }) {
    synced.push((await readlink(`/proc/self/fd/${this.fd}`)).slice(folder.length + 1))
    await sync.call(this)
  })
  onTestFinished(async () => {
    spy.mockRestore()
    await rm(folder, { recursive: true })
  })
})

it('a renamed file is synced in its new folder and in its old one', async () => {
  await mkdir(join(folder, 'a'))
  await mkdir(join(folder, 'b'))
  await writeFile(join(folder, 'a', 'file'), 'words')
  await renameDurably(join(folder, 'a', 'file'), join(folder, 'b', 'file'))
  expect(synced).toEqual(['b', 'a'])
  expect(await readFile(join(folder, 'b', 'file'), 'utf8')).toBe('words')
})

it('a tree is synced with all its files, each folder after its contents', async () => {
  await mkdir(join(folder, 'tree', 'inner'), { recursive: true })
  await writeFile(join(folder, 'tree', 'inner', 'file'), '')
  await symlink('file', join(folder, 'tree', 'inner', 'link'))
  await syncTree(join(folder, 'tree'))
  expect(synced).toEqual(['tree/inner/file', 'tree/inner', 'tree'])
})

it('a stored blob is on the disk with its bytes, its name and its folder', async () => {
  const blobs = localBlobs(folder, 'files')
  const key = `pictures/${'a'.repeat(26)}`
  await blobs.put(key, sourceOf(Buffer.from('bytes')))
  const [bytes = '', ...names] = synced.filter((path) => path.startsWith('files'))
  expect([bytes, ...names].some((path) => path.startsWith('files/unfinished/'))).toBe(true)
  expect(synced).toContain('files/pictures')
  // The folder of the kind is new: the folder above holds its name.
  expect(synced.lastIndexOf('files')).toBeLessThan(synced.indexOf('files/pictures'))
  expect(synced.indexOf('files/pictures')).toBeGreaterThan(
    synced.findIndex((path) => path.startsWith('files/unfinished/')),
  )
})
