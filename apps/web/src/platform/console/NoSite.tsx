import { useText } from '../../i18n/text.ts'
import { Banner } from '../../ui/Banner.tsx'
import type { Configuration } from './configuration.ts'
import { siteIn } from './site.ts'

/** Services send people back to the address of the site, so it must be set. */
export const NoSite = ({ stored }: { stored: Configuration }) => {
  const say = useText()
  if (stored.text('ServiceSettings', 'SiteURL') !== '') return null
  return <Banner kind="warning">{say('sso.noSite', { address: siteIn(stored) })}</Banner>
}
