/**
 * A small LDAP server with the ways of Active Directory, for what OpenLDAP cannot show: reasons in the text
 * of a refusal, ids of bytes, references to other servers, long lists in parts, primary groups, silence. It
 * understands bind, search by and, or, equality, presence and times, and unbind.
 */
import { createServer, type Server, type Socket } from 'node:net'
import { BerReader, BerWriter } from 'ldapts'

export type AdPerson = {
  sAMAccountName: string
  guid: Buffer
  password: string
  mail: string
  /** The code after `data` with which the server refuses the right password: 532 for an expired one. */
  refusal?: string
  userAccountControl?: number
  thumbnailPhoto?: Buffer
  /** As directories write times. */
  whenChanged?: string
  /** The number of the primary group; the security id of the person is made of `domain` and another one. */
  primaryGroup?: number
}

export type AdGroup = {
  cn: string
  guid: Buffer
  /** The number at the end of the security id. */
  rid: number
  /** Distinguished names. */
  members: readonly string[]
}

const BIND = 0x60
const SEARCH = 0x63
const UNBIND = 0x42
const [AND, OR, EQUALITY, LATER, PRESENCE] = [0xa0, 0xa1, 0xa3, 0xa5, 0x87]
/** The most values of an attribute in one answer; really 1,500. */
const PART = 3
export const AD_BASE = 'DC=lab,DC=example'
export const AD_READER = { dn: `CN=reader,${AD_BASE}`, password: 'reader password' }

export const adDnOf = ({ sAMAccountName }: Pick<AdPerson, 'sAMAccountName'>) =>
  `CN=${sAMAccountName},OU=People,${AD_BASE}`

const message = (id: number, write: (writer: BerWriter) => void): Buffer => {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeInt(id)
  write(writer)
  writer.endSequence()
  return writer.buffer
}

const result = (id: number, tag: number, code: number, text = ''): Buffer =>
  message(id, (writer) => {
    writer.startSequence(tag)
    writer.writeEnumeration(code)
    writer.writeString('')
    writer.writeString(text)
    writer.endSequence()
  })

/** The security id of something in the domain: its head, and a number of four bytes. */
const sidOf = (rid: number): Buffer => {
  const head = Buffer.from('010500000000000515000000a065cf7e784b9b5fe77c8770', 'hex')
  const end = Buffer.alloc(4)
  end.writeUInt32LE(rid)
  return Buffer.concat([head, end])
}

type Stored = { dn: string; values: Record<string, (string | Buffer)[]> }

const personEntry = (person: AdPerson, index: number): Stored => ({
  dn: adDnOf(person),
  values: {
    objectClass: ['top', 'person', 'user'],
    sAMAccountName: [person.sAMAccountName],
    objectGUID: [person.guid],
    objectSid: [sidOf(5000 + index)],
    primaryGroupID: [String(person.primaryGroup ?? 513)],
    mail: [person.mail],
    givenName: ['Ada'],
    sn: ['Müller'],
    userAccountControl: [String(person.userAccountControl ?? 512)],
    accountExpires: ['9223372036854775807'],
    whenChanged: [person.whenChanged ?? '20200101000000.0Z'],
    thumbnailPhoto: person.thumbnailPhoto ? [person.thumbnailPhoto] : [],
  },
})

const groupEntry = ({ cn, guid, rid, members }: AdGroup): Stored => ({
  dn: `CN=${cn},OU=Groups,${AD_BASE}`,
  values: {
    objectClass: ['top', 'group'],
    cn: [cn],
    objectGUID: [guid],
    objectSid: [sidOf(rid)],
    member: [...members],
  },
})

/**
 * The values of an attribute as they are sent: a long list comes in parts, under a name with the range, and
 * the plain name is empty.
 */
const sent = (name: string, values: readonly (string | Buffer)[], wanted: readonly string[]) => {
  if (values.length <= PART) return [[name, values]] as const
  const asked = wanted
    .map((each) => /^member;range=(\d+)-/i.exec(each)?.[1])
    .find((each) => each !== undefined)
  const first = Number(asked ?? 0)
  const last = first + PART - 1
  const isEnd = last >= values.length - 1
  return [
    [name, []],
    [`${name};range=${first}-${isEnd ? '*' : last}`, values.slice(first, last + 1)],
  ] as const
}

const entry = (id: number, { dn, values }: Stored, wanted: readonly string[]): Buffer =>
  message(id, (writer) => {
    writer.startSequence(0x64)
    writer.writeString(dn)
    writer.startSequence()
    for (const [stored, list] of Object.entries(values)) {
      if (!wanted.some((each) => each.replace(/;.*/, '').toLowerCase() === stored.toLowerCase())) continue
      for (const [name, part] of sent(stored, list, wanted)) {
        writer.startSequence()
        writer.writeString(name)
        writer.startSequence(0x31)
        for (const value of part) writer.writeBuffer(Buffer.from(value as string), 4)
        writer.endSequence()
        writer.endSequence()
      }
    }
    writer.endSequence()
    writer.endSequence()
  })

/** What the domain root always adds: "ask another server". */
const reference = (id: number): Buffer =>
  message(id, (writer) => {
    writer.startSequence(0x73)
    writer.writeString('ldap://ForestDnsZones.lab.example/DC=ForestDnsZones,DC=lab,DC=example')
    writer.endSequence()
  })

const holds = ({ values }: Stored, name: string, value?: Buffer): boolean => {
  const [, list = []] =
    Object.entries(values).find(([each]) => each.toLowerCase() === name.toLowerCase()) ?? []
  if (value === undefined) return list.length > 0
  return list.some((each) =>
    typeof each === 'string' ? each.toLowerCase() === value.toString().toLowerCase() : each.equals(value),
  )
}

/** Reads the next part of a filter; the result says whether an entry fits it. */
const readFilter = (reader: BerReader): ((stored: Stored) => boolean) => {
  if (reader.peek() === PRESENCE) {
    const name = reader.readString(PRESENCE) ?? ''
    return (stored) => holds(stored, name)
  }
  const tag = reader.readSequence()
  const end = reader.offset + reader.length
  if (tag === EQUALITY) {
    const name = reader.readString() ?? ''
    const value = reader.readString(4, true) ?? Buffer.alloc(0)
    return (stored) => holds(stored, name, value)
  }
  if (tag === LATER) {
    const name = reader.readString() ?? ''
    const value = reader.readString() ?? ''
    // It is made up when it is read.
    if (name.toLowerCase() === 'modifytimestamp') throw new Error('unwilling to search by this')
    return ({ values }) => (values[name] ?? []).some((each) => String(each) >= value)
  }
  const parts: ((stored: Stored) => boolean)[] = []
  while (reader.offset < end) parts.push(readFilter(reader))
  if (tag === AND) return (stored) => parts.every((fits) => fits(stored))
  if (tag === OR) return (stored) => parts.some((fits) => fits(stored))
  throw new Error(`a filter with the tag ${tag}`)
}

/** Undefined for one that is refused. */
const filterIn = (reader: BerReader): ReturnType<typeof readFilter> | undefined => {
  try {
    return readFilter(reader)
  } catch {
    return undefined
  }
}

/** An id of bytes, as `objectGUID` is one. */
export const guid = (n: number): Buffer =>
  Buffer.from([0x9f, 0, n, 0x28, 0x29, 0x2a, 0x5c, 8, 9, 10, 11, 12, 13, 14, 15, 255])

/** What an administrator enters for it. */
export const adSettings = ({ port }: Pick<ActiveDirectory, 'port'>) => ({
  Enable: true,
  LdapServer: '127.0.0.1',
  LdapPort: port,
  BaseDN: AD_BASE,
  BindUsername: AD_READER.dn,
  BindPassword: AD_READER.password,
  UserFilter: '(objectClass=person)',
  IdAttribute: 'objectGUID',
  LoginIdAttribute: 'sAMAccountName',
  UsernameAttribute: 'sAMAccountName',
  EmailAttribute: 'mail',
  FirstNameAttribute: 'givenName',
  LastNameAttribute: 'sn',
  GroupIdAttribute: 'objectGUID',
  GroupDisplayNameAttribute: 'cn',
})

export type ActiveDirectory = {
  port: number
  /** The names with which somebody tried to bind. */
  binds: string[]
  /** The attributes that the questions for the groups of a member wanted. */
  asked: string[][]
  /** With true, such questions are never answered. */
  isSilent: boolean
  stop(): void
}

export const startActiveDirectory = async (
  people: readonly AdPerson[],
  groups: readonly AdGroup[] = [],
): Promise<ActiveDirectory> => {
  const root: Stored = { dn: '', values: { objectClass: ['top'], highestCommittedUSN: ['1000'] } }
  const binds: string[] = []
  const asked: string[][] = []
  const sockets = new Set<Socket>()
  const bind = (dn: string, password: string): { code: number; text: string } => {
    binds.push(dn)
    const refuse = (data: string) => ({
      code: 49,
      text: `80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data ${data}, v2580`,
    })
    // An empty password is nobody's, and succeeds.
    if (password === '' || (dn === AD_READER.dn && password === AD_READER.password))
      return { code: 0, text: '' }
    const person = people.find((each) => adDnOf(each).toLowerCase() === dn.toLowerCase())
    if (!person) return refuse('525')
    if (person.refusal === '775') return refuse('775')
    if (person.password !== password) return refuse('52e')
    return person.refusal ? refuse(person.refusal) : { code: 0, text: '' }
  }
  const ad: ActiveDirectory = { port: 0, binds, asked, isSilent: false, stop: () => {} }
  const answer = (bytes: Buffer, socket: Socket): void => {
    const reader = new BerReader(bytes)
    reader.readSequence()
    const id = reader.readInt() ?? 0
    const tag = reader.readSequence()
    if (tag === BIND) {
      reader.readInt()
      const dn = reader.readString() ?? ''
      const { code, text } = bind(dn, reader.readString(0x80) ?? '')
      socket.write(result(id, 0x61, code, text))
    } else if (tag === SEARCH) {
      const base = (reader.readString() ?? '').toLowerCase()
      const isBase = reader.readEnumeration() === 0
      reader.readEnumeration()
      for (const kind of ['size', 'time']) if (kind) reader.readInt()
      reader.readBoolean()
      const fits = filterIn(reader)
      if (!fits) {
        socket.write(result(id, 0x65, 53, 'unwilling to perform'))
        return
      }
      reader.readSequence()
      const end = reader.offset + reader.length
      const wanted: string[] = []
      while (reader.offset < end) wanted.push(reader.readString() ?? '')
      if (bytes.includes('uniqueMember')) {
        // A pass asks for the attribute, and not by it.
        if (!wanted.includes('uniqueMember')) {
          asked.push(wanted)
          if (ad.isSilent) return
        }
      }
      const isIn = ({ dn }: Stored) => (isBase ? dn.toLowerCase() === base : dn.toLowerCase().endsWith(base))
      const stored = [root, ...people.map(personEntry), ...groups.map(groupEntry)]
      for (const each of stored) if (isIn(each) && fits(each)) socket.write(entry(id, each, wanted))
      socket.write(reference(id))
      socket.write(result(id, 0x65, 0))
    } else socket.end()
  }
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    let waiting = Buffer.alloc(0)
    socket.on('data', (bytes) => {
      waiting = Buffer.concat([waiting, bytes])
      // Small messages of a well-behaved client: the length stands in one or three bytes.
      while (waiting.length > 2) {
        const first = waiting[1] ?? 0
        const extra = first > 0x80 ? first - 0x80 : 0
        if (waiting.length < 2 + extra) return
        const length = extra === 0 ? first : waiting.readUIntBE(2, extra)
        const whole = 2 + extra + length
        if (waiting.length < whole) return
        const one = waiting.subarray(0, whole)
        waiting = waiting.subarray(whole)
        if (one.includes(UNBIND) && one.length < 10) socket.end()
        else answer(Buffer.from(one), socket)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  ad.port = typeof address === 'object' && address ? address.port : 0
  ad.stop = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return ad
}
