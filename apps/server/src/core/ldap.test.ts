/** Connections to a real OpenLDAP: TLS, certificates, silence and breaks. */
import { connect, createServer, type Server, type Socket } from 'node:net'
import { BASE, dnOf, ldifPerson, type Slapd, startSlapd } from '@plausch/testkit'
import { PresenceFilter } from 'ldapts'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { DirectoryDown, DirectoryRefusal, openConnection, type Target } from './ldap.ts'
import { entryOf, idOf } from './ldap-entries.ts'

let ldap: Slapd
let strict: Slapd
beforeAll(async () => {
  ;[ldap, strict] = await Promise.all([startSlapd({ sizeLimit: 5 }), startSlapd({ wantsCertificate: true })])
  const people = Array.from({ length: 20 }, (_, n) => ldifPerson({ uid: `p${n}`, password: 'right' }))
  await ldap.add(people.join(''))
})
afterAll(async () => {
  await ldap.stop()
  await strict.stop()
})

const targetOf = (slapd: Slapd, more: Partial<Target> = {}): Target => ({
  host: slapd.host,
  port: slapd.port,
  security: 'plain',
  skipsVerification: false,
  ca: '',
  certificate: '',
  key: '',
  bindDn: slapd.reader.dn,
  bindPassword: slapd.reader.password,
  allowsPlain: false,
  ...more,
})
const PATIENCE_MS = 20_000
const opens = async (target: Target): Promise<void> => {
  const connection = await openConnection(target, PATIENCE_MS)
  connection.close()
}
const everybody = { base: BASE, filter: new PresenceFilter({ attribute: 'uid' }), attributes: ['uid'] }

/** A way to the directory that a test can cut; returns its port, and how many connections it has seen. */
const wayTo = async (port: number) => {
  const sockets = new Set<Socket>()
  let seen = 0
  const server: Server = createServer((near) => {
    seen += 1
    const far = connect(port, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
    }
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  onTestFinished(() => {
    cut()
    server.close()
  })
  return { port: typeof address === 'object' && address ? address.port : 0, cut, seen: () => seen }
}

describe('TLS', () => {
  it('is used by LDAPS and StartTLS, with an authority of one’s own', async () => {
    await opens(targetOf(ldap, { security: 'TLS', port: ldap.tlsPort, ca: ldap.ca }))
    await opens(targetOf(ldap, { security: 'STARTTLS', ca: ldap.ca }))
  })

  it('refuses an unknown authority and another name, unless an administrator skips the check', async () => {
    for (const security of ['TLS', 'STARTTLS'] as const) {
      const port = security === 'TLS' ? ldap.tlsPort : ldap.port
      await expect(opens(targetOf(ldap, { security, port }))).rejects.toThrow(DirectoryDown)
      await expect(opens(targetOf(ldap, { security, port, ca: ldap.ca, host: '127.0.0.1' }))).rejects.toThrow(
        DirectoryDown,
      )
      await opens(targetOf(ldap, { security, port, skipsVerification: true }))
    }
  })

  it('shows a certificate where the directory wants one', async () => {
    const target = targetOf(strict, { security: 'TLS', port: strict.tlsPort, ca: strict.ca })
    await expect(opens(target)).rejects.toThrow(DirectoryDown)
    await opens({ ...target, ...strict.client })
    await opens({ ...target, ...strict.client, security: 'STARTTLS', port: strict.port })
  })

  it('is demanded for every other machine, unless an administrator says otherwise', async () => {
    const target = targetOf(ldap, { host: 'ldap.example.invalid' })
    await expect(opens(target)).rejects.toThrow('in plain text')
    await expect(opens({ ...target, allowsPlain: true })).rejects.not.toThrow('in plain text')
  })
})

describe('the service account', () => {
  it('is told apart from a directory that is away', async () => {
    await expect(opens(targetOf(ldap, { bindPassword: 'wrong' }))).rejects.toThrow(DirectoryRefusal)
    await expect(opens(targetOf(ldap, { bindPassword: '' }))).rejects.toThrow(DirectoryRefusal)
    await expect(opens(targetOf(ldap, { port: 1 }))).rejects.toThrow(DirectoryDown)
  })

  it('that gets only a part of the entries gets an error instead', async () => {
    const connection = await openConnection(targetOf(ldap), PATIENCE_MS)
    await expect(connection.search(everybody)).rejects.toThrow(DirectoryRefusal)
    await expect(connection.search({ ...everybody, pageSize: 3 })).rejects.toThrow(DirectoryRefusal)
    connection.close()
  })
})

describe('a connection', () => {
  it('that broke is never opened again: the next password would be readable', async () => {
    for (const security of ['plain', 'STARTTLS', 'TLS'] as const) {
      const way = await wayTo(security === 'TLS' ? ldap.tlsPort : ldap.port)
      const connection = await openConnection(
        targetOf(ldap, { security, port: way.port, ca: ldap.ca }),
        PATIENCE_MS,
      )
      way.cut()
      await expect(connection.check(dnOf({ uid: 'p1' }), 'right')).rejects.toThrow(DirectoryDown)
      await expect(connection.check(dnOf({ uid: 'p1' }), 'right')).rejects.toThrow(DirectoryDown)
      expect(way.seen()).toBe(1)
      connection.close()
    }
  })

  it('does not wait for a directory that says nothing', async () => {
    const silent = createServer((socket) => socket.on('error', () => {}))
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = typeof address === 'object' && address ? address.port : 0
    onTestFinished(() => void silent.close())
    for (const security of ['plain', 'STARTTLS', 'TLS'] as const)
      await expect(openConnection(targetOf(ldap, { port, security }), 200)).rejects.toThrow(
        'no answer within',
      )
  })

  it('checks passwords', async () => {
    const check = async (password: string) => {
      const connection = await openConnection(targetOf(ldap), PATIENCE_MS)
      const verdict = await connection.check(dnOf({ uid: 'p1' }), password)
      connection.close()
      return verdict
    }
    expect(await check('right')).toBe('right')
    expect(await check('wrong')).toBe('wrong')
    expect(await check('')).toBe('wrong')
  })
})

describe('entries', () => {
  it('have attributes in any case, without languages, with bytes as an id in hexadecimal', () => {
    const entry = entryOf({
      dn: 'cn=x',
      CN: 'Groß',
      'cn;lang-en': 'Gross',
      mail: ['a@b', 'c@d'],
      objectGUID: Buffer.from([0, 255, 16]),
      'member;range=0-1': ['one', 'two'],
      member: [],
    })
    expect(entry.text('cn')).toBe('Groß')
    expect(entry.texts('MAIL')).toEqual(['a@b', 'c@d'])
    expect(idOf(entry, 'objectGUID')).toBe('00ff10')
    expect(entry.texts('member')).toEqual(['one', 'two'])
  })
})

it('gives bytes as they are, by the name of the attribute in any case', async () => {
  // As text, these bytes would lose their beginning.
  const bytes = Buffer.from('\uFEFFbytes', 'utf8')
  await ldap.add(ldifPerson({ uid: 'bytes', more: [['jpegPhoto', bytes]] }))
  const connection = await openConnection(targetOf(ldap), PATIENCE_MS)
  onTestFinished(() => connection.close())
  const { entries } = await connection.search({
    base: dnOf({ uid: 'bytes' }),
    scope: 'base',
    filter: new PresenceFilter({ attribute: 'uid' }),
    attributes: ['jpegphoto'],
    binary: ['jpegphoto'],
  })
  expect(entries[0]?.bytes('jpegphoto')).toEqual(bytes)
})
