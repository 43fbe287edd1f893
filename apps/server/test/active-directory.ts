/**
 * A small LDAP server with the ways of Active Directory, for what OpenLDAP cannot show: reasons in the text
 * of a refusal, ids of bytes, references to other servers, silence. It understands bind, search by equality,
 * and unbind.
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
}

const BIND = 0x60
const SEARCH = 0x63
const UNBIND = 0x42
const EQUALITY = 0xa3
export const AD_BASE = 'DC=lab,DC=example'
export const AD_READER = { dn: `CN=reader,${AD_BASE}`, password: 'reader password' }

const dnOf = ({ sAMAccountName }: AdPerson) => `CN=${sAMAccountName},OU=People,${AD_BASE}`

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

const entry = (id: number, person: AdPerson): Buffer =>
  message(id, (writer) => {
    writer.startSequence(0x64)
    writer.writeString(dnOf(person))
    writer.startSequence()
    const values: [string, string | Buffer][] = [
      ['sAMAccountName', person.sAMAccountName],
      ['objectGUID', person.guid],
      ['mail', person.mail],
      ['givenName', 'Ada'],
      ['sn', 'Müller'],
      ['userAccountControl', String(person.userAccountControl ?? 512)],
      ['accountExpires', '9223372036854775807'],
    ]
    for (const [name, value] of values) {
      writer.startSequence()
      writer.writeString(name)
      writer.startSequence(0x31)
      writer.writeBuffer(Buffer.from(value as string), 4)
      writer.endSequence()
      writer.endSequence()
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

/** The values of the equality conditions somewhere in a filter. */
const conditions = (reader: BerReader, end: number): [string, Buffer][] => {
  const found: [string, Buffer][] = []
  while (reader.offset < end) {
    const tag = reader.readSequence()
    const inner = reader.offset + reader.length
    if (tag === EQUALITY)
      found.push([reader.readString() ?? '', reader.readString(4, true) ?? Buffer.alloc(0)])
    else if (tag === 0xa0 || tag === 0xa1) found.push(...conditions(reader, inner))
    reader.offset = inner
  }
  return found
}

export type ActiveDirectory = {
  port: number
  /** The names with which somebody tried to bind. */
  binds: string[]
  stop(): void
}

export const startActiveDirectory = async (people: readonly AdPerson[]): Promise<ActiveDirectory> => {
  const binds: string[] = []
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
    const person = people.find((each) => dnOf(each).toLowerCase() === dn.toLowerCase())
    if (!person) return refuse('525')
    if (person.refusal === '775') return refuse('775')
    if (person.password !== password) return refuse('52e')
    return person.refusal ? refuse(person.refusal) : { code: 0, text: '' }
  }
  const matches = (person: AdPerson, [name, value]: [string, Buffer]): boolean => {
    if (name === 'objectGUID') return person.guid.equals(value)
    const own: Record<string, string> = {
      sAMAccountName: person.sAMAccountName,
      mail: person.mail,
      objectClass: 'person',
    }
    return (own[name] ?? '').toLowerCase() === value.toString().toLowerCase()
  }
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
      reader.readString()
      for (const kind of ['scope', 'deref']) if (kind) reader.readEnumeration()
      for (const kind of ['size', 'time']) if (kind) reader.readInt()
      reader.readBoolean()
      const filter = bytes.subarray(reader.offset)
      const inFilter = new BerReader(filter)
      inFilter.readSequence()
      const wanted = conditions(inFilter, inFilter.offset + inFilter.length).filter(
        ([name]) => name !== 'objectClass',
      )
      for (const person of people) {
        if (wanted.every((condition) => matches(person, condition))) socket.write(entry(id, person))
      }
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
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    binds,
    stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
