/**
 * The parts of a browser that the official web app needs, and the records that it depends on (protocol:
 * boot).
 */
import { expect } from 'vitest'

/** A browser: it keeps cookies, and sends a browser's headers. */
export const browser = (url: string) => {
  const cookies = new Map<string, string>()
  return {
    cookies,
    async ask(method: string, path: string, body?: unknown) {
      const response = await fetch(`${url}/api/v4${path}`, {
        method,
        headers: {
          'x-requested-with': 'XMLHttpRequest',
          'accept-language': 'en',
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          'x-csrf-token': cookies.get('MMCSRF') ?? '',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        cookies.set(name, value)
      }
      return response
    },
    async get(path: string) {
      return await json(await this.ask('GET', path), path)
    },
    async post(path: string, body: unknown, status = 200) {
      return await json(await this.ask('POST', path, body), path, status)
    },
    async put(path: string, body: unknown) {
      return await json(await this.ask('PUT', path, body), path)
    },
  }
}
export type Browser = ReturnType<typeof browser>

/** The rules of section 0, which every answer must keep. */
export const json = async (response: Response, path: string, status = 200) => {
  const text = await response.text()
  expect(response.status, `${path}: ${text}`).toBe(status)
  expect(response.headers.get('content-type'), path).toBe('application/json')
  expect(response.headers.get('x-request-id'), path).toMatch(/^[a-z0-9]{26}$/)
  expect(response.headers.get('x-version-id'), path).toMatch(
    /^\d+\.\d+\.\d+\.\d+\.\d+\.\d+\.[0-9a-f]{32}\.(true|false)$/,
  )
  expect(response.headers.get('x-content-type-options'), path).toBe('nosniff')
  expect(response.headers.get('referrer-policy'), path).toBe('no-referrer')
  return JSON.parse(text)
}

export const str = expect.any(String)
export const num = expect.any(Number)
export const bool = expect.any(Boolean)
export const text = (value: unknown) =>
  expect(Object.values(value as object).every((each) => typeof each === 'string')).toBe(true)

export const aUser = {
  id: str,
  username: str,
  roles: str,
  locale: str,
  update_at: num,
  delete_at: num,
  notify_props: expect.any(Object),
  props: expect.any(Object),
  timezone: expect.any(Object),
  email: str,
  first_name: str,
  last_name: str,
  nickname: str,
  position: str,
  auth_service: str,
}
export const aTeam = {
  id: str,
  name: str,
  display_name: str,
  type: expect.stringMatching(/^[OI]$/),
  delete_at: 0,
  invite_id: str,
  allow_open_invite: bool,
  last_team_icon_update: num,
  group_constrained: null,
}
export const aTeamMember = {
  team_id: str,
  user_id: str,
  roles: str,
  delete_at: 0,
  scheme_user: bool,
  scheme_admin: bool,
  scheme_guest: bool,
}
export const aChannel = {
  id: str,
  team_id: str,
  type: expect.stringMatching(/^[OPDG]$/),
  name: str,
  display_name: str,
  delete_at: num,
  last_post_at: num,
  last_root_post_at: num,
  total_msg_count: num,
  total_msg_count_root: num,
  header: str,
  purpose: str,
  creator_id: str,
  create_at: num,
  update_at: num,
}
export const aChannelMember = {
  channel_id: str,
  user_id: str,
  roles: str,
  last_viewed_at: num,
  msg_count: num,
  msg_count_root: num,
  mention_count: num,
  mention_count_root: num,
  urgent_mention_count: num,
  notify_props: expect.any(Object),
  last_update_at: num,
  scheme_user: bool,
  scheme_admin: bool,
  scheme_guest: bool,
}
export const aPost = {
  id: str,
  create_at: num,
  update_at: num,
  edit_at: num,
  delete_at: num,
  user_id: str,
  channel_id: str,
  root_id: str,
  message: str,
  type: str,
  props: expect.any(Object),
  hashtags: str,
  pending_post_id: str,
  is_pinned: bool,
  reply_count: num,
  last_reply_at: num,
  metadata: expect.any(Object),
}
