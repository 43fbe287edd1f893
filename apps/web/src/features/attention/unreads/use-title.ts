/** The title and the icon of the browser tab: the current place, and the number of unread messages. */
import { useEffect, useMemo } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import { afterMessages } from '../../../platform/later.ts'
import { channelName } from '../../../platform/names.ts'

/** More mentions than this look all the same. */
const MOST = 9

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

  const shown = Math.min(mentions, MOST + 1)
  const hasMessages = messages > 0
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (!link) return
    const show = (type: string, href: string): void => {
      link.type = type
      link.href = href
    }
    let isCurrent = true
    if (shown === 0 && !hasMessages) show('image/svg+xml', '/favicon.svg')
    else {
      // Nobody looks at it before the messages; without it, the title still has the number.
      afterMessages
        .then(() => import('./icon.ts'))
        .then(
          ({ iconOf }) => isCurrent && show('image/png', iconOf(shown, MOST)),
          () => undefined,
        )
    }
    return () => {
      isCurrent = false
    }
  }, [shown, hasMessages])
}
