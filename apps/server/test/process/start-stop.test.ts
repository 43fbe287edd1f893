import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clusterOf, freshFolder, freshPlace, isAlive } from '../../src/core/postgres/fixture.ts'
import { findSurvivors } from '../../src/core/postgres/survivors.ts'
import { root, run, said, startServer, until, usedFolder } from './server-process.ts'

const node = join(root, 'bin/node')

/** Runs `npm start` as a terminal would: in a process group of its own. */
const npmStart = async (data: string) => {
  const env = { PLAUSCH_DATA: data, PLAUSCH_LISTEN: '127.0.0.1:0' }
  const npm = run('npm', ['start'], { env, detached: true })
  await said(npm, /Plausch is at (http:\S+)/)
  const children = await readFile(`/proc/${npm.pid}/task/${npm.pid}/children`, 'utf8')
  const [server = -1] = children.trim().split(' ').map(Number)
  const { postmaster, all } = await findSurvivors(clusterOf(data))
  expect(postmaster).not.toBeNull()
  expect(await readFile(`/proc/${server}/cmdline`, 'utf8')).toContain('tools/start.ts')
  return { npm, server, all: [npm.pid, server, ...all] }
}

const expectNothingLeft = async (data: string, pids: number[]) => {
  expect(pids.filter(isAlive)).toEqual([])
  expect((await findSurvivors(clusterOf(data))).all).toEqual([])
}

describe('npm start', () => {
  it('leaves no process behind after SIGTERM to the process that it started', async () => {
    const data = await freshFolder()
    const { npm, server, all } = await npmStart(data)
    process.kill(server, 'SIGTERM')
    expect(await npm.ended).toEqual({ code: 0, signal: null })
    await expectNothingLeft(data, all)
  })

  it('leaves no process behind after SIGTERM to npm itself', async () => {
    const data = await usedFolder()
    const { npm, all } = await npmStart(data)
    process.kill(npm.pid, 'SIGTERM')
    await npm.ended
    await until('all have ended', () => !all.some(isAlive))
    await expectNothingLeft(data, all)
  })

  it('leaves no process behind after Ctrl-C, which reaches npm and the server at once', async () => {
    const data = await usedFolder()
    const { npm, all } = await npmStart(data)
    process.kill(-npm.pid, 'SIGINT')
    await npm.ended
    await until('all have ended', () => !all.some(isAlive))
    await expectNothingLeft(data, all)
  })
})

/** Runs `plausch serve` where it must refuse to start; returns its output. */
const refusedStart = async (env: Record<string, string>): Promise<string> => {
  const program = run(node, ['apps/cli/src/main.ts', 'serve'], {
    env: { PLAUSCH_LISTEN: '127.0.0.1:0', ...env },
  })
  const { code } = await program.ended
  expect(code).toBe(1)
  expect(program.out()).toBe('')
  const lines = program.err().trim().split('\n')
  // A message for the operator: no line is a log line of an error, or a stack trace.
  expect(lines.filter((line) => line.includes('"level":5') || line.startsWith('    at '))).toEqual([])
  return lines.filter((line) => !line.startsWith('{')).join('\n')
}

describe('a start that must fail', () => {
  it('on a data folder in use names the folder and the server that has it', async () => {
    const data = await usedFolder()
    const first = await startServer(data)
    const message = await refusedStart({ PLAUSCH_DATA: data })
    expect(message).toContain(data)
    expect(message).toContain(`process ${first.pid}`)
    expect(await (await fetch(`${first.url}/api/v4/system/ping`)).json()).toMatchObject({ status: 'OK' })
  })

  it('with a wrong name or value reports each of them, and starts nothing', async () => {
    const data = join(await freshPlace(), 'data')
    const message = await refusedStart({
      PLAUSCH_DATA: data,
      PLAUSCH_LISTENN: '127.0.0.1:1',
      PLAUSCH_TEAMSETTINGS_ENABLEOPENSERVER: 'perhaps',
    })
    expect(message).toMatch(/PLAUSCH_LISTENN is no variable of Plausch\. Did you mean PLAUSCH_LISTEN\?/)
    expect(message).toMatch(/PLAUSCH_TEAMSETTINGS_ENABLEOPENSERVER must be/)
    await expect(readFile(data)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('on a port in use reports the address and stops its database again', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const data = await usedFolder()
    const message = await refusedStart({ PLAUSCH_DATA: data, PLAUSCH_LISTEN: `127.0.0.1:${port}` })
    other.close()
    expect(message).toMatch(
      new RegExp(`cannot listen on 127\\.0\\.0\\.1:${port}: another program .*PLAUSCH_LISTEN`),
    )
    await expectNothingLeft(data, [])
  })

  it('on a data folder that is a file says so', async () => {
    const file = join(await freshFolder(), 'file')
    await writeFile(file, '')
    expect(await refusedStart({ PLAUSCH_DATA: file })).toContain(file)
  })

  it('leaves the folder usable', async () => {
    const data = join(await freshPlace(), 'new')
    await mkdir(data)
    await refusedStart({ PLAUSCH_DATA: data, PLAUSCH_LISTEN: '192.0.2.1:0' })
    const server = await startServer(data)
    expect(await server.stop()).toEqual({ code: 0, signal: null })
    await expectNothingLeft(data, [server.pid])
  })
})
