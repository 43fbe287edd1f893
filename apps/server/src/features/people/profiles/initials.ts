/**
 * The picture of people who have not chosen one: initials on one of twelve background colours, each with a
 * contrast of 4.5:1 to the text.
 */
import { createHash } from 'node:crypto'
import { openCache } from '../../../core/cache.ts'
import { drawSvg } from '../../../core/images.ts'
import { perServer, type Server } from '../../../core/server.ts'
import type { UserRow } from '../users/index.ts'

const grounds = [
  '#7a3b2e',
  '#8a4b08',
  '#5c5a00',
  '#3a6212',
  '#0f6a4a',
  '#0b6670',
  '#1b5a8c',
  '#3f4fa3',
  '#6542a0',
  '#8a3686',
  '#9c2f5b',
  '#59626b',
]

const initials = (user: UserRow): string => {
  const names =
    user.first_name && user.last_name ? [user.first_name, user.last_name] : [user.nickname || user.username]
  return names
    .map((name) => [...name][0] ?? '')
    .join('')
    .toUpperCase()
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A person has the same background everywhere, because it is computed from their id. */
const groundOf = (id: string) =>
  grounds[[...id].reduce((sum, sign) => sum + sign.charCodeAt(0), 0) % grounds.length]

const svgOf = (user: UserRow): string => {
  const text = initials(user).replaceAll(/[&<>"]|\p{Cc}/gu, (sign) => escapes[sign] ?? '')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">` +
    `<rect width="128" height="128" fill="${groundOf(user.id)}"/>` +
    `<text x="64" y="64" dy=".35em" text-anchor="middle" font-family="Inter,Arial,sans-serif" font-size="56" ` +
    `font-weight="550" fill="#fff">${text}</text></svg>`
  )
}

type Drawn = { bytes: Buffer; etag: string }

const drawnOf = perServer('drawn initials', 'computed from name and id alone, the same on every server', () =>
  openCache<Drawn>(2000),
)

/** Draws the same letters on the same background only once. */
export const drawInitials = async (server: Server, user: UserRow): Promise<Drawn> => {
  const svg = svgOf(user)
  const drawn = await drawnOf(server).load(svg, async () => ({
    bytes: await drawSvg(server, svg),
    etag: `"${createHash('sha256').update(svg).digest('base64url').slice(0, 22)}"`,
  }))
  if (!drawn) throw new Error('initials were not drawn')
  return drawn
}
