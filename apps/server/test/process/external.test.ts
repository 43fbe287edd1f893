import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { posts } from '@plausch/wire'
import { describe, expect, it, onTestFinished } from 'vitest'
import { versionProblem } from '../../src/core/migrate.ts'
import { freshFolder, isRoot, nobody, query, start } from '../../src/core/postgres/fixture.ts'
import { begin, plausch, root, run, signIn, startServer, until, usedFolder } from './server-process.ts'

const oldest = '/usr/lib/postgresql/15/bin'

/** Writes a post, restarts, and reads the post. */
const useTwice = async (databaseUrl: string) => {
  const data = join(await freshFolder(), 'not-made')
  const env = { PLAUSCH_DATABASE_URL: databaseUrl }
  const first = await startServer(data, env)
  const { admin, townSquare } = await begin(first.url)
  const body = { channel_id: townSquare, message: 'kept outside' }
  const post = await admin.api(first.url).call(posts.create, { body })
  expect(await first.stop()).toEqual({ code: 0, signal: null })
  const second = await startServer(data, env)
  const found = await admin.api(second.url).call(posts.get, { params: { post_id: post.id } })
  expect(found).toMatchObject({ id: post.id, message: 'kept outside' })
  // It did not start an embedded PostgreSQL.
  expect(existsSync(data)).toBe(false)
  return second
}

/** PostgreSQL 15 from Debian, listening on TCP, with a password. */
const startOldest = async () => {
  const folder = await freshFolder()
  const account = isRoot ? { uid: nobody, gid: nobody } : {}
  if (isRoot) await chown(folder, nobody, nobody)
  const [cluster, password] = [join(folder, 'cluster'), join(folder, 'password')]
  await writeFile(password, 'not very secret')
  await chmod(password, 0o644)
  const made = spawnSync(
    join(oldest, 'initdb'),
    [
      '-D',
      cluster,
      '-U',
      'owner',
      '--auth=scram-sha-256',
      `--pwfile=${password}`,
      '--encoding=UTF8',
      '--locale=C',
    ],
    { ...account, encoding: 'utf8', cwd: '/' },
  )
  expect(made.stderr).toBe('')
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  const settings = ['-h', '127.0.0.1', '-p', String(port), '-k', '', '-c', 'fsync=off']
  const server = spawn(join(oldest, 'postgres'), ['-D', cluster, ...settings], {
    ...account,
    cwd: '/',
    stdio: 'ignore',
  })
  const ended = once(server, 'exit')
  onTestFinished(async () => {
    server.kill('SIGQUIT')
    await ended
  })
  const url = `postgres://owner:not%20very%20secret@127.0.0.1:${port}/postgres`
  await until('PostgreSQL 15 answers', () =>
    query(url, 'select 1').then(
      () => true,
      () => false,
    ),
  )
  return url
}

describe('an external PostgreSQL', () => {
  it('is used instead of an embedded one', async () => {
    const { url } = await start(await freshFolder())
    await useTwice(url)
  })

  it('may be as old as PostgreSQL 15, over TCP with a password', async ({ skip }) => {
    if (!existsSync(oldest)) return skip('PostgreSQL 15 is not installed (apt-get install postgresql-15)')
    const server = await useTwice(await startOldest())
    expect(server.err() + server.out()).not.toContain('secret')
  })

  it('must not be older', () => {
    expect(versionProblem(140_011)).toMatch(/needs PostgreSQL 15 or newer.* leads to 14/)
    expect(versionProblem(150_000)).toBeUndefined()
    expect(versionProblem(180_004)).toBeUndefined()
  })

  it('serves one server at a time; commands work beside it', async () => {
    const { url } = await start(await usedFolder())
    const env = { PLAUSCH_DATABASE_URL: url }
    const server = await startServer(await freshFolder(), env)
    const second = run(join(root, 'bin/node'), ['apps/cli/src/main.ts', 'serve'], {
      env: { ...env, PLAUSCH_DATA: await freshFolder(), PLAUSCH_LISTEN: '127.0.0.1:0' },
    })
    expect(await second.ended).toEqual({ code: 1, signal: null })
    expect(second.err()).toMatch(/^Another Plausch server works on this database\. Stop it first/m)
    const args = ['user', 'create', '--email', 'ana@example.org', '--username', 'ana', '--password-stdin']
    expect(await plausch(args, env, 'correct horse battery\n')).toMatchObject({ code: 0 })
    expect((await signIn(server.url, 'ana')).user.username).toBe('ana')
  })

  it('that cannot be reached, or refuses the connection, is named without its password', async () => {
    const folder = await freshFolder()
    await mkdir(join(folder, 'nothing'))
    for (const url of [
      'postgres://me:hidden@127.0.0.1:1/db',
      `postgres://me:hidden@h/db?host=${folder}/nothing`,
    ]) {
      const program = run(join(root, 'bin/node'), ['apps/cli/src/main.ts', 'serve'], {
        env: { PLAUSCH_DATABASE_URL: url },
      })
      expect(await program.ended).toEqual({ code: 1, signal: null })
      expect(program.err()).toMatch(/^The database .*\/db of PLAUSCH_DATABASE_URL cannot be used: .+\.$/m)
      expect(program.err()).not.toContain('hidden')
    }
  })
})
