/** Servers as separate processes, and people who use them: for tests of what happens when processes end. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type Api, createApi } from '@plausch/client'
import { channels, onboarding, sessions, type Team, teams, type User } from '@plausch/wire'
import { inject, onTestFinished } from 'vitest'
import { copyOf } from '../../src/core/postgres/fixture.ts'

export const root = join(import.meta.dirname, '../../../..')
export const PASSWORD = 'correct horse battery'

const START_MS = 60_000

export type Exit = { code: number | null; signal: NodeJS.Signals | null }

/** A running program, its output, and how it ended. */
export type Program = {
  process: ChildProcess
  pid: number
  out(): string
  err(): string
  ended: Promise<Exit>
}

type Env = Record<string, string>

/** The environment of a started program: ours, without Plausch's variables. */
export const cleanEnv = (env: Env): NodeJS.ProcessEnv => {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(PLAUSCH_|VITEST|NODE_ENV$|NODE_OPTIONS$)/.test(name),
  )
  return { ...Object.fromEntries(own), ...env }
}

/** Starts a program in the repository; it is killed after the test. `input` is its whole standard input. */
export const run = (
  file: string,
  args: string[],
  { env = {}, input = '', detached = false }: { env?: Env; input?: string; detached?: boolean } = {},
): Program => {
  const child = spawn(file, args, {
    cwd: root,
    env: cleanEnv(env),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached,
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }) as Exit)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { process: child, pid: child.pid ?? -1, out: () => said.out, err: () => said.err, ended }
}

export type ServerProcess = Program & {
  url: string
  /** Stops it in order; returns how it ended. */
  stop(): Promise<Exit>
  /** Kills it, as a power cut would. */
  kill(): Promise<void>
}

/** Resolves with the text that `find` matches in a program's output; rejects if the program ends before. */
export const said = async (program: Program, find: RegExp): Promise<string> => {
  const deadline = Date.now() + START_MS
  for (;;) {
    const found = find.exec(program.out())?.[1]
    if (found !== undefined) return found
    const { exitCode, signalCode } = program.process
    if (exitCode !== null || signalCode !== null || Date.now() > deadline) {
      throw new Error(`the program did not say ${find}; it said:\n${program.out()}\n${program.err()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const withEnds = async (program: Program): Promise<ServerProcess> => ({
  ...program,
  url: (await said(program, /Plausch is at (http:\S+)/)).replace('0.0.0.0', '127.0.0.1'),
  stop() {
    program.process.kill('SIGTERM')
    return program.ended
  },
  async kill() {
    program.process.kill('SIGKILL')
    await program.ended
  },
})

/** A data folder with a database that is ready, and nobody in it: a start takes a second, not five. */
export const usedFolder = (): Promise<string> => copyOf(inject('usedFolder'))

/** Tests send more requests than people do. */
const WITHOUT_LIMITS: Env = {
  PLAUSCH_PLAUSCHSETTINGS_SESSIONREQUESTSPERSECOND: '0',
  PLAUSCH_PLAUSCHSETTINGS_ADDRESSREQUESTSPERSECOND: '0',
  PLAUSCH_PLAUSCHSETTINGS_ADDRESSSIGNINSPERSECOND: '0',
}

/** Runs `plausch serve` on a data folder, on a free port, and waits until it serves. */
export const startServer = (data: string, env: Env = {}): Promise<ServerProcess> => {
  const all = { PLAUSCH_DATA: data, PLAUSCH_LISTEN: '127.0.0.1:0', ...WITHOUT_LIMITS, ...env }
  return withEnds(run(join(root, 'bin/node'), ['apps/cli/src/main.ts', 'serve'], { env: all }))
}

/** Runs a `plausch` command to its end. */
export const plausch = async (args: string[], env: Env, input = '') => {
  const program = run(join(root, 'bin/plausch.mjs'), args, { env, input })
  const { code } = await program.ended
  return { code, out: program.out(), err: program.err() }
}

/** A person with an account and a session, who can reach the server at any address. */
export type Client = { user: User; api(url: string): Api }

/** Signs in. */
export const signIn = async (url: string, username: string, password = PASSWORD): Promise<Client> => {
  const api = createApi({ baseUrl: url })
  const user = await api.call(sessions.login, { body: { login_id: username, password } })
  const token = api.token()
  return { user, api: (baseUrl) => createApi({ baseUrl, token, timeoutMs: 10_000 }) }
}

/** Signs up, by a team's invite id if there is one, and in. */
export const signUp = async (
  url: string,
  username: string,
  query: { iid?: string; t?: string } = {},
): Promise<Client> => {
  const body = { username, email: `${username}@example.org`, password: PASSWORD }
  await createApi({ baseUrl: url }).call(onboarding.signUp, { query, body })
  return await signIn(url, username)
}

/** The first administrator of a new server, with a team. */
export const begin = async (url: string): Promise<{ admin: Client; team: Team; townSquare: string }> => {
  const admin = await signUp(url, 'admin')
  const api = admin.api(url)
  const team = await api.call(teams.create, { body: { name: 'house', display_name: 'House', type: 'I' } })
  const params = { team_id: team.id, channel_name: 'town-square' }
  const { id } = await api.call(channels.getByName, { params })
  return { admin, team, townSquare: id }
}

/** Waits until a condition holds; if it never does, `what` names it in the error. */
export const until = async (
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = 30_000,
): Promise<void> => {
  const deadline = Date.now() + withinMs
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
