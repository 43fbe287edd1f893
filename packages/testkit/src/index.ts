/** For tests: a real server on a fresh database, people, places, and listening sockets. */
export { converge, type Open, probed } from './converge.ts'
export { formWith, sendFile } from './files.ts'
export { type Forger, startForger } from './forger.ts'
export { type Idp, makeIdp, type SamlAnswer } from './idp.ts'
export { hurry } from './jobs.ts'
export { type Laboratory, laboratory, ldapSettings } from './laboratory.ts'
export { type Listener, listen } from './listener.ts'
export { type Mailbox, mailbox, type ReceivedMail } from './mailbox.ts'
export { type Person, refused, signIn, signUp, stranger, unique } from './person.ts'
export { asGuest, channelOf, direct, type Place, place, write } from './place.ts'
export { type OidcProvider, type ProviderOptions, startProvider } from './provider.ts'
export {
  deliversTwice,
  dropDatabase,
  freshDatabase,
  type ServerOptions,
  serverForTest,
  startServer,
  type TestServer,
  unlimited,
} from './server.ts'
export { shown } from './shown.ts'
export {
  BASE,
  dnOf,
  hasSlapd,
  type LdapPerson,
  ldifGroup,
  ldifPerson,
  type Slapd,
  type SlapdOptions,
  startSlapd,
} from './slapd.ts'
export { type Visited, type Visitor, visitor } from './visitor.ts'
export { type Loss, type Way, wayTo } from './way.ts'
