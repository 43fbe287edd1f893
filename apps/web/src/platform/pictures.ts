/** Where pictures of other servers come from: only through this server, if its image proxy is on. */
import { client } from './client.ts'

/** The address from which a picture may be loaded; undefined if the reader's browser would have to ask others. */
export const pictureAddress = (url: string): string | undefined => {
  const found = URL.parse(url, location.origin)
  if (!found) return undefined
  if (found.origin === location.origin) return found.pathname + found.search
  if (found.protocol !== 'https:' && found.protocol !== 'http:') return undefined
  const hasProxy = client.settings.config.get().HasImageProxy === 'true'
  return hasProxy ? `/api/v4/image?url=${encodeURIComponent(found.href)}` : undefined
}
