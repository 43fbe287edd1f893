/** A server that knows a real directory. */
import { settings } from '@plausch/wire'
import { type Place, place } from './place.ts'
import { type Slapd, type SlapdOptions, startSlapd } from './slapd.ts'

export type Laboratory = Place & { ldap: Slapd }

/** What an administrator enters for OpenLDAP. */
export const ldapSettings = ({ host, port, base, reader }: Slapd) => ({
  Enable: true,
  LdapServer: host,
  LdapPort: port,
  BaseDN: base,
  BindUsername: reader.dn,
  BindPassword: reader.password,
  UserFilter: '(objectClass=inetOrgPerson)',
  IdAttribute: 'entryUUID',
  LoginIdAttribute: 'uid',
  UsernameAttribute: 'uid',
  EmailAttribute: 'mail',
  FirstNameAttribute: 'givenName',
  LastNameAttribute: 'sn',
  PositionAttribute: 'title',
  GroupIdAttribute: 'entryUUID',
  GroupDisplayNameAttribute: 'cn',
})

/** A place whose server is connected with a fresh directory. */
export const laboratory = async (options: SlapdOptions = {}): Promise<Laboratory> => {
  const [at, ldap] = await Promise.all([place(), startSlapd(options)])
  // Tests start passes themselves, and count what each of them did.
  await at.root.call(settings.patch, {
    body: { LdapSettings: ldapSettings(ldap), PlauschSettings: { LdapLiveSeconds: 0 } },
  })
  return Object.assign(at, {
    ldap,
    stop: ((stop) => async () => {
      await stop()
      await ldap.stop()
    })(at.stop),
  })
}
