/**
 * A real OpenLDAP server for one test file: unprivileged, on loopback, with a fresh database. The program is
 * Debian's `slapd`; `npm test` installs it.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const SLAPD = '/usr/sbin/slapd'
/** Debian's user without rights. */
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0
const account = isRoot ? { uid: NOBODY, gid: NOBODY } : {}

/** Is the program there? Tests that need it are skipped with a reason otherwise. */
export const hasSlapd = existsSync(SLAPD)

export const BASE = 'dc=lab,dc=example'
const ADMIN = `cn=admin,${BASE}`
const READER = `uid=reader,ou=services,${BASE}`
/** The password of the administrator and of the reader. */
const SECRET = 'directory secret'

export type Slapd = {
  host: string
  port: number
  tlsPort: number
  base: string
  /** The account that may read everything but passwords. */
  reader: { dn: string; password: string }
  /** The certificate of the test's own authority, as PEM. */
  ca: string
  /** The client certificate that the server accepts, and its key, as PEM. */
  client: { certificate: string; key: string }
  /** Adds entries in LDIF, as the administrator. */
  add(ldif: string): Promise<void>
  /** Changes entries by LDIF with `changetype`, as the administrator. */
  change(ldif: string): Promise<void>
  /** Adds many entries quickly: the server is stopped meanwhile. */
  load(ldif: string): Promise<void>
  /** The lines of the server's log of operations since it started. */
  log(): string
  start(): Promise<void>
  /** Ends the process; the database stays. */
  pause(): Promise<void>
  /** The process answers nothing until `thaw`; its connections stay open. */
  freeze(): Promise<void>
  thaw(): void
  stop(): Promise<void>
}

const isStopped = async (pid: number): Promise<boolean> => {
  const threads = await readdir(`/proc/${pid}/task`)
  const states = await Promise.all(threads.map((id) => readFile(`/proc/${pid}/task/${id}/stat`, 'utf8')))
  // After the name in brackets, which may have blanks.
  return states.every((text) => text.slice(text.lastIndexOf(')') + 2).startsWith('T'))
}

export type SlapdOptions = {
  /** The reader gets at most this many entries by one search; by default all. */
  sizeLimit?: number
  /** posixGroup may be added to groupOfNames (rfc2307bis); by default the schema of rfc2307. */
  isBis?: boolean
  /** Locks an entry after this many wrong passwords. */
  lockAfter?: number
  /** Accepts only clients with a certificate of the authority. */
  wantsCertificate?: boolean
}

const run = (program: string, args: readonly string[], input = ''): Promise<string> =>
  new Promise((resolve, reject) => {
    const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }
    const child = execFile(
      program,
      args,
      { env, maxBuffer: 64 * 1024 * 1024, ...account },
      (error, stdout, stderr) => (error ? reject(new Error(`${program}: ${stderr}`)) : resolve(stdout)),
    )
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })

/** An authority, and two certificates signed by it: the server's for `localhost`, and a client's. */
const makeCertificates = async (folder: string) => {
  const at = (name: string) => join(folder, name)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await run('openssl', [
    'req',
    '-x509',
    ...key,
    '-days',
    '3650',
    '-subj',
    '/CN=Test Authority',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.crt'),
  ])
  for (const [name, subject] of [
    ['server', 'DNS:localhost'],
    ['client', 'DNS:client.example'],
  ] as const) {
    await run('openssl', [
      'req',
      ...key,
      '-subj',
      `/CN=${name}`,
      '-keyout',
      at(`${name}.key`),
      '-out',
      at(`${name}.csr`),
    ])
    await writeFile(at(`${name}.ext`), `subjectAltName=${subject}\n`)
    await run('openssl', [
      'x509',
      '-req',
      '-in',
      at(`${name}.csr`),
      '-CA',
      at('ca.crt'),
      '-CAkey',
      at('ca.key'),
      '-CAcreateserial',
      '-days',
      '3650',
      '-extfile',
      at(`${name}.ext`),
      '-out',
      at(`${name}.crt`),
    ])
  }
  const text = (name: string) => readFile(at(name), 'utf8')
  return {
    ca: await text('ca.crt'),
    client: { certificate: await text('client.crt'), key: await text('client.key') },
  }
}

/** The schema in which posixGroup is auxiliary, so that a groupOfNames can have a gidNumber. */
const bisSchema = async (): Promise<string> =>
  (await readFile('/etc/ldap/schema/nis.schema', 'utf8')).replace(
    /(NAME 'posixGroup'[\s\S]*?SUP top) STRUCTURAL/,
    '$1 AUXILIARY',
  )

const configOf = (folder: string, options: SlapdOptions): string => {
  const schema = ['core', 'cosine', 'inetorgperson'].map((name) => `/etc/ldap/schema/${name}.schema`)
  const nis = options.isBis ? join(folder, 'bis.schema') : '/etc/ldap/schema/nis.schema'
  return [
    ...[...schema, nis].map((path) => `include ${path}`),
    'modulepath /usr/lib/ldap',
    ...['back_mdb', 'memberof', 'refint', 'syncprov', 'ppolicy'].map((name) => `moduleload ${name}`),
    `pidfile ${folder}/slapd.pid`,
    `TLSCACertificateFile ${folder}/ca.crt`,
    `TLSCertificateFile ${folder}/server.crt`,
    `TLSCertificateKeyFile ${folder}/server.key`,
    `TLSVerifyClient ${options.wantsCertificate ? 'demand' : 'never'}`,
    'database mdb',
    `suffix "${BASE}"`,
    `rootdn "${ADMIN}"`,
    `rootpw "${SECRET}"`,
    `directory ${folder}/db`,
    'maxsize 268435456',
    'envflags nosync',
    'index objectClass,uid,mail,member,memberUid,entryUUID,entryCSN eq',
    'overlay syncprov',
    'overlay memberof',
    'overlay refint',
    'refint_attributes member',
    `refint_nothing "cn=nobody,${BASE}"`,
    'overlay ppolicy',
    `ppolicy_default "cn=default,ou=policies,${BASE}"`,
    `limits dn.exact="${READER}" ${options.sizeLimit ? `size.soft=${options.sizeLimit} size.hard=${options.sizeLimit}` : 'size=unlimited'}`,
    'access to attrs=userPassword by anonymous auth by self write by * none',
    // Whoever is in this group, once a test makes it, sees no pictures.
    `access to attrs=jpegPhoto by group.exact="cn=blind,ou=groups,${BASE}" none by * break`,
    `access to * by dn.exact="${READER}" read by self read by anonymous auth by * none`,
    '',
  ].join('\n')
}

const rootEntries = (lockAfter: number | undefined): string => `dn: ${BASE}
objectClass: dcObject
objectClass: organization
dc: lab
o: Laboratory

${['people', 'groups', 'services', 'policies'].map((ou) => `dn: ou=${ou},${BASE}\nobjectClass: organizationalUnit\nou: ${ou}\n`).join('\n')}
dn: cn=nobody,${BASE}
objectClass: organizationalRole
cn: nobody

dn: ${READER}
objectClass: account
objectClass: simpleSecurityObject
uid: reader
userPassword: ${SECRET}

dn: cn=default,ou=policies,${BASE}
objectClass: organizationalRole
objectClass: pwdPolicy
cn: default
pwdAttribute: userPassword
${lockAfter ? `pwdLockout: TRUE\npwdMaxFailure: ${lockAfter}\n` : ''}`

/** Starts a server. Stop it after the tests. */
export const startSlapd = async (options: SlapdOptions = {}): Promise<Slapd> => {
  const folder = await mkdtemp(join(tmpdir(), 'plausch-slapd-'))
  await mkdir(join(folder, 'db'))
  if (isRoot) for (const path of [folder, join(folder, 'db')]) await chown(path, NOBODY, NOBODY)
  await chmod(folder, 0o755)
  const { ca, client } = await makeCertificates(folder)
  if (options.isBis) await writeFile(join(folder, 'bis.schema'), await bisSchema())
  const config = join(folder, 'slapd.conf')
  await writeFile(config, configOf(folder, options))
  const [port, tlsPort] = [await freePort(), await freePort()]
  let running: ChildProcess | undefined
  let logged = ''
  const load = (ldif: string) => run('/usr/sbin/slapadd', ['-q', '-f', config], ldif)
  const start = async () => {
    const urls = `ldap://127.0.0.1:${port}/ ldaps://127.0.0.1:${tlsPort}/`
    // 256: operations and their results go to the log.
    const child = spawn(SLAPD, ['-d', '256', '-f', config, '-h', urls], {
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      ...account,
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      logged += text
    })
    running = child
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`slapd has ended: ${logged}`)
      await sleep(10)
    }
  }
  const pause = async () => {
    const child = running
    running = undefined
    if (!child || child.exitCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGCONT')
    child.kill('SIGTERM')
    await ended
  }
  const asAdmin = ['-x', '-H', `ldap://127.0.0.1:${port}`, '-D', ADMIN, '-w', SECRET]
  await load(rootEntries(options.lockAfter))
  await start()
  return {
    host: 'localhost',
    port,
    tlsPort,
    base: BASE,
    reader: { dn: READER, password: SECRET },
    ca,
    client,
    add: async (ldif) => void (await run('ldapadd', asAdmin, ldif)),
    change: async (ldif) => void (await run('ldapmodify', asAdmin, ldif)),
    async load(ldif) {
      await pause()
      await load(ldif)
      await start()
    },
    log: () => logged,
    start,
    pause,
    async freeze() {
      const pid = running?.pid
      running?.kill('SIGSTOP')
      // Each thread stops at its own time, and may answer until then.
      while (pid !== undefined && !(await isStopped(pid))) await sleep(5)
    },
    thaw: () => void running?.kill('SIGCONT'),
    async stop() {
      await pause()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** An LDIF value that may hold anything: base64 where plain text would not do. */
const line = (name: string, value: string | Buffer): string =>
  `${name}:: ${Buffer.from(value as string).toString('base64')}`

export type LdapPerson = {
  uid: string
  /** By default made from `uid`. */
  mail?: string
  given?: string
  family?: string
  password?: string
  title?: string
  /** Further attributes; several lines for several values. */
  more?: readonly (readonly [string, string | Buffer])[]
  /** The unit in which the entry lies; by default `ou=people`. */
  unit?: string
}

/** The DN of a person that `ldifPerson` makes. */
export const dnOf = ({ uid, unit = 'ou=people' }: Pick<LdapPerson, 'uid' | 'unit'>): string =>
  `uid=${uid.replaceAll(/[,+"\\<>;#=]/g, (sign) => `\\${sign}`)},${unit},${BASE}`

/** The LDIF of a person. */
export const ldifPerson = (person: LdapPerson): string => {
  const { uid, given = uid, family = 'Test', password, title, more = [] } = person
  return [
    line('dn', dnOf(person)),
    'objectClass: inetOrgPerson',
    line('uid', uid),
    line('cn', `${given} ${family}`),
    line('givenName', given),
    line('sn', family),
    ...(person.mail === '' ? [] : [line('mail', person.mail ?? `${uid}@lab.example`)]),
    ...(password ? [line('userPassword', password)] : []),
    ...(title ? [line('title', title)] : []),
    ...more.map(([name, value]) => line(name, value)),
    '',
    '',
  ].join('\n')
}

/** The LDIF of a group with members by DN; a group without members has a dummy, as real directories do. */
export const ldifGroup = (cn: string, members: readonly string[], unit = 'ou=groups'): string =>
  [
    line('dn', `cn=${cn},${unit},${BASE}`),
    'objectClass: groupOfNames',
    line('cn', cn),
    ...(members.length > 0 ? members : [`cn=nobody,${BASE}`]).map((dn) => line('member', dn)),
    '',
    '',
  ].join('\n')
