/** The title and the icon of the browser tab: the current place, and the number of unread messages. */
import { useEffect, useMemo } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import { afterMessages } from '../../../platform/later.ts'
import { channelName } from '../../../platform/names.ts'

export const useTitle = (teamId: string, channelId: string): void => {
  const name = useSource(useMemo(() => channelName(channelId), [channelId]))
  const team = useSource(client.teams.records.at(teamId))
  const site = useSource(client.settings.config).SiteName || 'Plausch'
  const { mentions, messages } = useSource(client.unreads.everything)

  useEffect(() => {
    const sign = mentions > 0 ? `(${mentions}) ` : messages > 0 ? '• ' : ''
    const where = [name, team?.display_name, site].filter(Boolean).join(' · ')
    document.title = sign + where
  }, [name, team, site, mentions, messages])

  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (!link) return
    const show = (type: string, href: string): void => {
      link.type = type
      link.href = href
    }
    let isCurrent = true
    if (mentions === 0 && messages === 0) show('image/svg+xml', '/favicon.svg')
    else {
      // Nobody looks at it before the messages; without it, the title still has the number.
      afterMessages
        .then(() => import('./icon.ts'))
        .then(
          ({ drawIcon }) => isCurrent && show('image/png', drawIcon(mentions)),
          () => undefined,
        )
    }
    return () => {
      isCurrent = false
    }
  }, [mentions, messages])
}
