/** The address of this site, as administrators enter it at a sign-in service. */
import type { Configuration } from './configuration.ts'

export const siteIn = (stored: Configuration): string =>
  (stored.text('ServiceSettings', 'SiteURL') || location.origin).replace(/\/+$/, '')
