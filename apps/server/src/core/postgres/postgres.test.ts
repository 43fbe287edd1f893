import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  clusterOf,
  copyOf,
  freshFolder,
  freshPlace,
  isAlive,
  killPostgres,
  listeningLog,
  query,
  refusal,
  running,
  start,
  startOwner,
} from './fixture.ts'
import { startPostgres } from './postgres.ts'
import { PostgresRefusal } from './refusal.ts'
import { findSurvivors } from './survivors.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let made: string
beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'plausch-used-'))
  await (await startPostgres({ dataFolder: made, log: listeningLog() })).stop()
})
afterAll(() => rm(made, { recursive: true, force: true }))

/** A data folder in which PostgreSQL has run, for tests that are not about the first start. */
const usedFolder = () => copyOf(made)

describe('a start', () => {
  test('makes a correct database, and a stop leaves no process and no socket', async () => {
    const dataFolder = join(await freshPlace(), 'not', 'yet')
    const postgres = await start(dataFolder)
    const [row] = await query(
      postgres.url,
      `select current_user as "user", current_database() as database,
         pg_encoding_to_char(encoding) as encoding,
         concat(datlocprovider, ':', datlocale) as locale,
         current_setting('data_checksums') as checksums,
         current_setting('fsync') || current_setting('synchronous_commit') as durable,
         current_setting('TimeZone') as zone,
         current_setting('listen_addresses') as addresses,
         current_setting('max_connections') as connections
       from pg_database where datname = current_database()`,
    )
    expect(row).toEqual({
      user: 'plausch',
      database: 'plausch',
      encoding: 'UTF8',
      locale: 'b:C.UTF-8',
      checksums: 'on',
      durable: 'onon',
      zone: 'UTC',
      addresses: '',
      connections: '60',
    })
    const folders = [
      dataFolder,
      join(dataFolder, 'postgres'),
      clusterOf(dataFolder),
      join(dataFolder, 'postgres', 'socket'),
    ]
    // If root runs it as another user, that user passes through the outer two.
    for (const folder of folders) expect([0o700, 0o710]).toContain((await stat(folder)).mode & 0o7777)
    expect((await stat(clusterOf(dataFolder))).mode & 0o7777).toBe(0o700)
    expect((await findSurvivors(clusterOf(dataFolder))).postmaster).toBe(postgres.pid)

    // A separate process group: Ctrl-C in the terminal does not reach it.
    const fields = (await readFile(`/proc/${postgres.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ')
    expect(Number(fields?.[2])).toBe(postgres.pid)

    await Promise.all([postgres.stop(), postgres.stop()])
    await postgres.stop()
    await postgres.exited
    expect((await findSurvivors(clusterOf(dataFolder))).all).toEqual([])
    expect(await readdir(join(dataFolder, 'postgres'))).toEqual(['cluster', 'lock'])
  })

  test('finds the data of an earlier run', async () => {
    const dataFolder = await usedFolder()
    const first = await start(dataFolder)
    await query(first.url, `create table notes as select 'Grüße aus Hamburg' as text`)
    await first.stop()
    const second = await start(dataFolder)
    expect(await query(second.url, 'select text from notes')).toEqual([{ text: 'Grüße aus Hamburg' }])
  })

  test('starts again after an initialisation that was killed half-way', async () => {
    const dataFolder = await freshFolder()
    const owner = startOwner(dataFolder)
    const unfinished = async () => {
      const names = await readdir(join(dataFolder, 'postgres')).catch(() => [])
      return names.find((name) => name.startsWith('unfinished-'))
    }
    // One of the first files that initdb writes.
    const begun = async () => stat(join(dataFolder, 'postgres', (await unfinished()) ?? '', 'PG_VERSION'))
    while ((await begun().catch(() => null)) === null) await sleep(5)
    await owner.killed()
    expect(await unfinished()).toBeDefined()
    expect(await readdir(join(dataFolder, 'postgres'))).not.toContain('cluster')

    const postgres = await start(dataFolder)
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(await unfinished()).toBeUndefined()
  })

  test('ignores a postmaster.pid whose process id now belongs to another program', async () => {
    const dataFolder = await usedFolder()
    const other = spawn('sleep', ['60'])
    onTestFinished(() => {
      other.kill('SIGKILL')
    })
    await once(other, 'spawn')
    const lines = [other.pid, clusterOf(dataFolder), 1, 5432, '', '', '']
    await writeFile(join(clusterOf(dataFolder), 'postmaster.pid'), lines.join('\n'), { mode: 0o600 })
    const postgres = await start(dataFolder)
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(isAlive(other.pid ?? -1)).toBe(true)
  })

  test("that fails reports PostgreSQL's message, leaves nothing running and the folder free", async () => {
    const dataFolder = await usedFolder()
    const file = join(clusterOf(dataFolder), 'postgresql.conf')
    const good = await readFile(file, 'utf8')
    await appendFile(file, 'no_such_setting = 1\n')
    await expect(start(dataFolder)).rejects.toThrow(/exit code 1[\s\S]*no_such_setting/)
    expect((await findSurvivors(clusterOf(dataFolder))).all).toEqual([])
    await writeFile(file, good)
    await start(dataFolder)
  })

  test('keeps values of rows out of the log, and renames a long log', async () => {
    const dataFolder = await usedFolder()
    const logFile = join(dataFolder, 'postgres.log')
    const first = await start(dataFolder)
    await query(first.url, 'create table people (email text constraint people_email unique)')
    await query(first.url, `insert into people values ('ana@example.org')`)
    await expect(query(first.url, `insert into people values ('ana@example.org')`)).rejects.toThrow(
      'people_email',
    )
    await first.stop()
    const text = await readFile(logFile, 'utf8')
    expect(text).toContain('people_email')
    expect(text).not.toContain('ana@')

    await appendFile(logFile, Buffer.alloc(5_000_001, 'x'))
    await start(dataFolder)
    expect((await stat(`${logFile}.1`)).size).toBeGreaterThan(5_000_000)
    expect((await stat(logFile)).size).toBeLessThan(5_000)
  })
})

describe('a long path', () => {
  test('puts the socket elsewhere, finds it again after a kill, and removes it at the stop', async () => {
    const dataFolder = join(await freshPlace(), 'Überlänge, mit Leerzeichen & +%', 'x'.repeat(100))
    const owner = startOwner(dataFolder)
    const first = running(await owner.answer)
    const note = join(dataFolder, 'postgres', 'socket-folder')
    const folder = (await readFile(note, 'utf8')).trim()
    expect(folder.startsWith(join(tmpdir(), 'plausch-'))).toBe(true)
    expect((await stat(folder)).mode & 0o7777).toBe(0o700)
    await query(first.url, 'create table notes as select 1 as n')
    await owner.killed()

    const second = await start(dataFolder)
    expect(await query(second.url, 'select n from notes')).toEqual([{ n: 1 }])
    await expect(stat(folder)).rejects.toThrow('ENOENT')
    const next = (await readFile(note, 'utf8')).trim()
    await second.stop()
    await expect(stat(next)).rejects.toThrow('ENOENT')
  })

  test('with a short path but odd characters works in place', async () => {
    const dataFolder = join(await freshPlace(), 'ä, b +%')
    const postgres = await start(dataFolder)
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(await readdir(join(dataFolder, 'postgres', 'socket'))).toContain('.s.PGSQL.5432')
  })

  test('with a quotation mark works too, or is refused if programs must be copied there', async () => {
    const dataFolder = join(await freshPlace(), '"b"')
    const outcome = await start(dataFolder).catch((error: unknown) => error)
    if (outcome instanceof PostgresRefusal) expect(outcome.message).toContain('PLAUSCH_DATA')
    else expect(await readdir(join(dataFolder, 'postgres', 'socket'))).toContain('.s.PGSQL.5432')
  })

  test('never touches what somebody else put in place of the socket', async () => {
    const base = await freshPlace()
    const dataFolder = join(base, 'x'.repeat(100))
    const treasure = join(base, 'treasure')
    const link = join(base, 'plausch-planted')
    await mkdir(treasure, { mode: 0o700 })
    await writeFile(join(treasure, 'kept'), '')
    await symlink(treasure, link)
    await mkdir(join(dataFolder, 'postgres'), { recursive: true, mode: 0o700 })
    for (const noted of [link, treasure]) {
      await writeFile(join(dataFolder, 'postgres', 'socket-folder'), `${noted}\n`)
      const postgres = await start(dataFolder)
      expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
      await postgres.stop()
      expect(await readdir(treasure)).toEqual(['kept'])
    }
  })
})

describe('a kill', () => {
  test('of PostgreSQL during writing loses no acknowledged row', async () => {
    const dataFolder = await usedFolder()
    const log = listeningLog()
    const first = await start(dataFolder, 'probe', log)
    await query(first.url, 'create table rows (writer int, n int)')
    const acknowledged: string[] = []
    const write = async (writer: number) => {
      const client = new pg.Client({ connectionString: first.url })
      client.on('error', () => {})
      await client.connect()
      for (let n = 0; ; n += 1) {
        await client.query('insert into rows values ($1, $2)', [writer, n])
        acknowledged.push(`${writer}/${n}`)
        if (acknowledged.length === 400) process.kill(first.pid, 'SIGKILL')
      }
    }
    const writers = await Promise.allSettled([1, 2, 3, 4].map(write))
    expect(writers.map((writer) => writer.status)).toEqual(Array(4).fill('rejected'))
    await first.exited
    expect(log.lines.join('\n')).toContain('PostgreSQL ended by itself {"how":"signal SIGKILL"')

    const second = await start(dataFolder)
    const rows = await query(second.url, `select writer || '/' || n as key from rows`)
    const keys = rows.map((row) => row.key)
    expect(acknowledged.length).toBeGreaterThanOrEqual(400)
    expect(keys).toEqual(expect.arrayContaining(acknowledged))
    expect(new Set(keys).size).toBe(keys.length)
    await first.stop()
    expect(isAlive(second.pid)).toBe(true)
  })

  test('of the server and PostgreSQL leaves no busy backend that blocks the next start', async () => {
    const dataFolder = await usedFolder()
    const owner = startOwner(dataFolder)
    const first = running(await owner.answer)
    // The backend checks nothing while it loops, so it does not notice that its postmaster is gone.
    const loop = 'do $$ begin loop null; end loop; end $$'
    const lost = expect(query(first.url, loop)).rejects.toThrow()
    let backend = 0
    while (backend === 0) {
      const rows = await query(first.url, `select pid from pg_stat_activity where query = '${loop}'`)
      backend = Number(rows[0]?.pid ?? 0)
    }
    await owner.killed()
    process.kill(first.pid, 'SIGKILL')
    await sleep(100)
    expect(isAlive(backend)).toBe(true)
    const second = await start(dataFolder)
    expect(isAlive(backend)).toBe(false)
    await lost
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('of the server leaves a PostgreSQL that the next start replaces, with all data', async () => {
    const dataFolder = await usedFolder()
    const owner = startOwner(dataFolder)
    const first = running(await owner.answer)
    await query(first.url, 'create table notes as select 1 as n')
    await owner.killed()
    expect(isAlive(first.pid)).toBe(true)

    const log = listeningLog()
    const second = await start(dataFolder, 'probe', log)
    expect(second.pid).not.toBe(first.pid)
    expect(isAlive(first.pid)).toBe(false)
    expect(log.lines[0]).toContain('had outlived an earlier run')
    expect(await query(second.url, 'select n from notes')).toEqual([{ n: 1 }])
  })

  test('of both at once loses nothing either', async () => {
    const dataFolder = await usedFolder()
    const owner = startOwner(dataFolder)
    await query(running(await owner.answer).url, 'create table notes as select 1 as n')
    await owner.killed()
    await killPostgres(dataFolder)
    const next = await start(dataFolder)
    expect(await query(next.url, 'select n from notes')).toEqual([{ n: 1 }])
  })
})

describe('a data folder is refused', () => {
  test('when another process uses it, and the message names that process', async () => {
    const dataFolder = await usedFolder()
    const owner = startOwner(dataFolder)
    const first = running(await owner.answer)
    const message = await refusal(start(dataFolder))
    expect(message).toContain(dataFolder)
    expect(message).toContain(`process ${owner.process.pid}`)
    expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await owner.stop()
    expect(isAlive(first.pid)).toBe(false)
    await start(dataFolder)
  })

  test('to all starts except one, if several start at the same time', async () => {
    const dataFolder = await freshFolder()
    const starts = await Promise.allSettled([1, 2, 3, 4].map(() => start(dataFolder)))
    expect(starts.filter((attempt) => attempt.status === 'fulfilled')).toHaveLength(1)
    for (const attempt of starts) {
      if (attempt.status === 'rejected')
        expect(String(attempt.reason)).toContain(`in use by another Plausch server (process ${process.pid})`)
    }
  })

  test('when it is a file', async () => {
    const file = join(await freshFolder(), 'file')
    await writeFile(file, 'text')
    expect(await refusal(start(file))).toContain(`${file} is or lies below a file`)
    expect(await refusal(start(join(file, 'below')))).toContain(join(file, 'below'))
    expect(await readFile(file, 'utf8')).toBe('text')
  })

  test('when it holds another major version, or something else than a database', async () => {
    const dataFolder = await freshFolder()
    await mkdir(clusterOf(dataFolder), { recursive: true, mode: 0o700 })
    await writeFile(join(clusterOf(dataFolder), 'something'), '')
    const damaged = await refusal(start(dataFolder))
    expect(damaged).toContain(clusterOf(dataFolder))
    expect(damaged).toContain('PG_VERSION')
    await writeFile(join(clusterOf(dataFolder), 'PG_VERSION'), '16\n')
    const old = await refusal(start(dataFolder))
    expect(old).toContain(clusterOf(dataFolder))
    expect(old).toMatch(/PostgreSQL 16,.*PostgreSQL 18\./)
    expect((await readdir(clusterOf(dataFolder))).sort()).toEqual(['PG_VERSION', 'something'])
  })
})
