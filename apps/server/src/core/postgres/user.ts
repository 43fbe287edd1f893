import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { chmod, chown, lchown, lstat, readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PostgresRefusal } from './refusal.ts'

/**
 * How root runs PostgreSQL, which refuses to be root: in a user namespace, as another user, or by whichever
 * works.
 */
export type AsRoot = 'namespace' | 'drop' | 'probe'

/** Who runs PostgreSQL. `uid` and `gid`, as seen from outside any namespace, must own its files. */
export type Runner = {
  kind: 'self' | 'namespace' | 'drop'
  name: string
  uid: number
  gid: number
  prefix: string[]
}

type Account = { name: string; uid: number; gid: number }
type Probe = { kind: 'reaches' } | { kind: 'blocked'; folder: string } | { kind: 'impossible' }

const probeBlocked = 77

/** The numeric user id of this process. */
export function currentUid(): number {
  return process.getuid?.() ?? -1
}

/**
 * Spawns a program as the runner: without a shell, with a small fixed environment, in `/` (the runner may not
 * be able to enter our own folder).
 */
export function spawnAs(runner: Runner, file: string, args: string[], options: SpawnOptions): ChildProcess {
  const [program = file, ...rest] = [...runner.prefix, file, ...args]
  const account = runner.kind === 'drop' ? { uid: runner.uid, gid: runner.gid } : {}
  const env = { PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' }
  return spawn(program, rest, { cwd: '/', env, ...account, ...options })
}

/**
 * Runs a program as the runner and waits for its end. If the program could not be started, the code is null
 * and the output is the reason.
 */
export function runAs(
  runner: Runner,
  file: string,
  args: string[],
  input = '',
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    let output = ''
    const child = spawnAs(runner, file, args, { stdio: ['pipe', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    child.on('error', (error) => resolve({ code: null, output: error.message }))
    child.on('close', (code) => resolve({ code, output: output.trim() }))
    // A program that ends without reading breaks the pipe; its exit code is what matters.
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}

/**
 * Decides who runs PostgreSQL in `home`, a folder of `dataFolder`. If this process is not root, its own user
 * does. If it is root, the owner of the files does, if that is an ordinary user. Otherwise root runs it in a
 * user namespace (with another user id inside, while the kernel still treats the files as root's), or as the
 * account "nobody". `owner` owns the existing cluster, or else the data folder. Throws PostgresRefusal that
 * names the folder in the way.
 */
export async function chooseRunner(
  place: { dataFolder: string; home: string; owner: number },
  asRoot: AsRoot,
): Promise<Runner> {
  const self: Runner = {
    kind: 'self',
    name: 'this user',
    uid: currentUid(),
    gid: process.getgid?.() ?? -1,
    prefix: [],
  }
  if (self.uid !== 0) return self
  let blocked: { runner: Runner; folder: string } | null = null
  for (const runner of await candidates(place.owner, asRoot)) {
    const probe = await probeWithGrants(runner, place)
    if (probe.kind === 'reaches') return runner
    if (probe.kind === 'blocked') blocked = { runner, folder: probe.folder }
  }
  if (blocked === null) {
    throw new PostgresRefusal(
      'PostgreSQL refuses to run as root, and here it can neither run in a user namespace nor as another ' +
        `user, so ${place.dataFolder} cannot be used. Start Plausch as an ordinary user, or name a ` +
        'PostgreSQL ' +
        'server in PLAUSCH_DATABASE_URL.',
    )
  }
  const { mode, uid } = await stat(blocked.folder)
  const owner = (await account(String(uid)))?.name ?? `user ${uid}`
  const octal = (mode & 0o7777).toString(8).padStart(4, '0')
  throw new PostgresRefusal(
    `PostgreSQL refuses to run as root, so for ${place.dataFolder} it would run as ` +
      `"${blocked.runner.name}". That user cannot enter ${blocked.folder} (mode ${octal}, owner ${owner}). ` +
      'Set PLAUSCH_DATA to a folder outside of it, for example PLAUSCH_DATA=/var/lib/plausch, or start ' +
      'Plausch as an ordinary user.',
  )
}

/**
 * Makes the runner the owner of a folder and everything in it. The folder itself comes last, so that an
 * interrupted run is repeated.
 */
export async function giveTo(runner: Runner, folder: string): Promise<void> {
  const { uid } = await lstat(folder)
  if (currentUid() !== 0 || uid === runner.uid) return
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    await lchown(join(entry.parentPath, entry.name), runner.uid, runner.gid)
  }
  await lchown(folder, runner.uid, runner.gid)
}

async function candidates(owner: number, asRoot: AsRoot): Promise<Runner[]> {
  const found: Runner[] = []
  const ownerAccount = owner === 0 ? null : await account(String(owner))
  const other = (await account('nobody')) ?? (await account('daemon'))
  if (ownerAccount !== null && asRoot !== 'namespace') {
    found.push({ kind: 'drop', ...ownerAccount, prefix: [] })
  }
  if (other === null) return found
  // The user id inside must have an account, because PostgreSQL looks itself up. unshare ends in exec, so its
  // process id becomes PostgreSQL's.
  const prefix = ['unshare', '--user', `--map-user=${other.uid}`, `--map-group=${other.gid}`, '--']
  if (asRoot !== 'drop') {
    found.push({ kind: 'namespace', name: 'root without privileges', uid: 0, gid: 0, prefix })
  }
  if (asRoot !== 'namespace' && other.uid !== ownerAccount?.uid) {
    found.push({ kind: 'drop', ...other, prefix: [] })
  }
  return found
}

async function probeWithGrants(runner: Runner, place: { dataFolder: string; home: string }): Promise<Probe> {
  let probe = await reach(runner, place.home)
  for (const folder of [place.dataFolder, place.home]) {
    if (runner.kind !== 'drop' || probe.kind !== 'blocked' || probe.folder !== folder) continue
    const { uid, mode } = await stat(folder)
    if (uid !== 0) break
    // Enough to pass through; the contents of the folder keep their owner and mode.
    await chown(folder, uid, runner.gid)
    await chmod(folder, (mode & 0o7777) | 0o010)
    probe = await reach(runner, place.home)
  }
  return probe
}

/**
 * Finds out, by trying, whether the runner can enter a folder: modes alone do not tell (access lists,
 * namespaces).
 */
export async function reach(runner: Runner, folder: string): Promise<Probe> {
  if (runner.kind === 'self') return { kind: 'reaches' }
  const path = [folder]
  for (let at = folder; at !== dirname(at); at = dirname(at)) path.unshift(dirname(at))
  const script = `[ "$(id -u)" != 0 ] || exit 1
    for folder do cd "$folder" 2>/dev/null || { printf %s "$folder"; exit ${probeBlocked}; }; done`
  const { code, output } = await runAs(runner, '/bin/sh', ['-c', script, 'sh', ...path])
  if (code === 0) return { kind: 'reaches' }
  return code === probeBlocked ? { kind: 'blocked', folder: output } : { kind: 'impossible' }
}

// getent, not /etc/passwd: accounts may come from a directory.
async function account(nameOrId: string): Promise<Account | null> {
  const root: Runner = { kind: 'self', name: 'root', uid: 0, gid: 0, prefix: [] }
  const { code, output } = await runAs(root, 'getent', ['passwd', nameOrId])
  const [name = '', , uid = '', gid = ''] = output.split(':')
  return code === 0 && /^\d+$/.test(uid) ? { name, uid: Number(uid), gid: Number(gid) } : null
}
