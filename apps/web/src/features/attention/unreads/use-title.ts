/** The title and the icon of the browser tab: the current place, and the number of unread messages. */
import { useEffect, useMemo } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'

const SIZE = 64
/** More mentions than this look all the same. */
const MOST = 9

/** Draws the icon with a dot for unread messages, or the number of mentions. */
const drawIcon = (mentions: number, hasMessages: boolean): string => {
  const canvas = document.createElement('canvas')
  canvas.width = SIZE
  canvas.height = SIZE
  const pen = canvas.getContext('2d')
  if (!pen) return ''
  pen.fillStyle = '#006a75'
  pen.beginPath()
  pen.roundRect(0, 0, SIZE, SIZE, 16)
  pen.fill()
  pen.strokeStyle = '#fcfaf7'
  pen.lineWidth = 6
  pen.lineCap = 'round'
  pen.stroke(new Path2D('M22 51V30a13 13 0 1 1 13 13h-4.6'))
  if (mentions > 0 || hasMessages) {
    pen.fillStyle = mentions > 0 ? '#b8431f' : '#fcfaf7'
    pen.beginPath()
    pen.arc(46, 18, mentions > 0 ? 18 : 12, 0, Math.PI * 2)
    pen.fill()
  }
  if (mentions > 0) {
    pen.fillStyle = '#ffffff'
    pen.font = '600 24px Inter, sans-serif'
    pen.textAlign = 'center'
    pen.textBaseline = 'middle'
    pen.fillText(mentions > MOST ? `${MOST}+` : String(mentions), 46, 19)
  }
  return canvas.toDataURL('image/png')
}

/** Each icon is drawn once: drawing takes longer than a keystroke may. */
const icons = new Map<string, string>()
const iconOf = (mentions: number, hasMessages: boolean): string => {
  const key = `${mentions} ${hasMessages}`
  const known = icons.get(key) ?? drawIcon(mentions, hasMessages)
  icons.set(key, known)
  return known
}

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
    const isQuiet = shown === 0 && !hasMessages
    link.type = isQuiet ? 'image/svg+xml' : 'image/png'
    link.href = isQuiet ? '/favicon.svg' : iconOf(shown, hasMessages)
  }, [shown, hasMessages])
}
