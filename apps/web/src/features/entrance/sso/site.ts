/** The address of this site, as administrators enter it at a sign-in service. */
import type { Configuration } from '../../../platform/console/configuration.ts'

export const siteIn = (stored: Configuration): string =>
  (stored.text('ServiceSettings', 'SiteURL') || location.origin).replace(/\/+$/, '')
