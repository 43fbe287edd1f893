/** Where the directory is and how to speak with it, out of the settings. */
import type { Settings } from '@plausch/wire'
import type { Target } from '../../../core/ldap.ts'

export type LdapConfig = Settings['LdapSettings']

/** The client certificate and its key, which administrators upload. */
export type Files = { certificate: string; key: string }

export const targetOf = (
  LdapSettings: LdapConfig,
  { LdapCertificateAuthority, LdapAllowPlainText }: Settings['PlauschSettings'],
  { certificate, key }: Files,
): Target => ({
  host: LdapSettings.LdapServer.trim(),
  port: LdapSettings.LdapPort,
  security:
    LdapSettings.ConnectionSecurity === ''
      ? 'plain'
      : (LdapSettings.ConnectionSecurity as 'TLS' | 'STARTTLS'),
  skipsVerification: LdapSettings.SkipCertificateVerification,
  ca: LdapCertificateAuthority,
  certificate: LdapSettings.PublicCertificateFile === '' ? '' : certificate,
  key: LdapSettings.PrivateKeyFile === '' ? '' : key,
  bindDn: LdapSettings.BindUsername,
  bindPassword: LdapSettings.BindPassword,
  allowsPlain: LdapAllowPlainText,
})
