/** Accounts, people, statuses and preferences, with the official client. */
import { unique } from '@plausch/testkit'
import { generate } from 'otplib'
import { expect } from 'vitest'
import { clientOf, type Day, signedIn } from './cast.ts'
import { fetchAs, pixel } from './places.ts'

export const arrive = async ({ at, bo }: Day) => {
  expect((await bo.ping(true)).status).toBe('OK')
  expect((await bo.getClientConfig()).SiteName).toBe('Plausch')
  expect((await bo.getClientLicenseOld()).IsLicensed).toBe('true')
  expect((await bo.getServerLimits()).data).toMatchObject({ maxUsersLimit: 0 })
  expect((await bo.getMe()).id).toBe(at.bo.id)
  expect((await bo.getRolesByNames(['team_user']))[0]?.permissions).toEqual(expect.any(Array))
  const role = await bo.getRoleByName('channel_user')
  expect((await bo.getRole(role.id)).name).toBe('channel_user')
  await fetchAs(bo, `${at.server.url}/api/v4/plugins/webapp`)
  expect((await bo.getUser(at.ana.id)).username).toBe(at.ana.username)
  await fetchAs(bo, `${at.server.url}/api/v4/system/timezones`)
}

export const findPeople = async ({ at, bo, teamId, channelId }: Day) => {
  expect((await bo.getProfiles()).length).toBeGreaterThan(1)
  expect((await bo.getProfilesByIds([at.ana.id])).map(({ id }) => id)).toEqual([at.ana.id])
  expect((await bo.getProfilesByUsernames([at.ana.username])).map(({ id }) => id)).toEqual([at.ana.id])
  expect((await bo.getProfilesInTeam(teamId)).length).toBeGreaterThan(1)
  expect((await bo.getProfilesInChannel(channelId)).length).toBeGreaterThan(1)
  expect(await bo.getProfilesNotInChannel(teamId, channelId, false)).toEqual([])
  expect((await bo.getUserByUsername(at.ana.username)).id).toBe(at.ana.id)
  expect((await bo.getUserByEmail(at.bo.user.email)).id).toBe(at.bo.id)
  expect((await bo.autocompleteUsers(at.ana.username, teamId, channelId)).users).toHaveLength(1)
  expect((await bo.searchUsers(at.ana.username, { team_id: teamId })).map(({ id }) => id)).toEqual([
    at.ana.id,
  ])
  expect(await bo.getKnownUsers()).toContain(at.ana.id)
  expect((await bo.getTotalUsersStats()).total_users_count).toBeGreaterThan(2)
}

/** Operations of administrators on people. */
export const lookAfterPeople = async ({ at, bo, root, teamId, channelId }: Day) => {
  const byId = clientOf(at.server.url)
  expect((await byId.loginById(at.bo.id, at.bo.password)).id).toBe(at.bo.id)
  await byId.logout()
  expect((await root.getProfilesNotInTeam(teamId, false)).map(({ id }) => id)).toContain(at.eve.id)
  expect((await root.getProfilesWithoutTeam()).map(({ id }) => id)).toContain(at.eve.id)
  expect(await bo.getProfilesMatchingChannelPolicy(teamId, channelId, false)).toEqual([])
  expect((await root.getProfilesMatchingTeamPolicy(teamId)).map(({ id }) => id)).toContain(at.eve.id)
  const { total_users_count: guests } = await root.getFilteredUsersStats({ roles: 'system_guest' } as never)
  await root.demoteUserToGuest(at.eve.id)
  expect((await root.getUser(at.eve.id)).roles).toBe('system_guest')
  const after = await root.getFilteredUsersStats({ roles: 'system_guest' } as never)
  expect(after.total_users_count).toBe(guests + 1)
  expect(await root.promoteGuestToUser(at.eve.id)).toEqual({ status: 'OK' })
  expect(await root.resetFailedAttempts(at.eve.id)).toEqual({ status: 'OK' })
}

export const changeAccount = async ({ at, bo, root }: Day) => {
  const me = await bo.getMe()
  expect((await bo.updateUser({ ...me, nickname: 'Bodo' })).nickname).toBe('Bodo')
  expect((await bo.patchMe({ position: 'here' })).position).toBe('here')
  expect((await bo.patchUser({ id: me.id, first_name: 'Bo' })).first_name).toBe('Bo')
  const picture = new File([Buffer.from(pixel, 'base64')], 'me.png')
  await bo.uploadProfileImage(me.id, picture)
  await fetchAs(bo, bo.getProfilePictureUrl(me.id, 0))
  await fetchAs(bo, bo.getDefaultProfilePictureUrl(me.id))
  await bo.setDefaultProfileImage(me.id)
  await root.updateUserRoles(me.id, 'system_user')
  expect((await root.getUserAudits(at.bo.id)).length).toBeGreaterThan(0)
  const preference = { user_id: me.id, category: 'theme', name: 'x', value: '1' }
  await bo.savePreferences(me.id, [preference])
  expect(await bo.getUserPreferences(me.id)).toContainEqual(preference)
  expect(await bo.getMyPreferences()).toEqual(expect.any(Array))
  for (const path of ['theme', 'theme/name/x'])
    await fetchAs(bo, `${at.server.url}/api/v4/users/me/preferences/${path}`)
  await bo.deletePreferences(me.id, [preference])
}

export const showStatus = async ({ at, bo }: Day) => {
  expect(await bo.getStatusesByIds([at.bo.id])).toHaveLength(1)
  const status = await bo.getStatus(at.bo.id)
  expect((await bo.updateStatus({ ...status, status: 'away' })).status).toBe('away')
  await bo.updateStatus({ ...status, status: 'online' })
  const custom = { emoji: 'tea', text: 'tea time', duration: '' as never }
  await bo.updateCustomStatus(custom)
  await bo.unsetCustomStatus()
  await bo.removeRecentCustomStatus(custom)
  const authorization = `Bearer ${bo.getToken()}`
  const path = `${at.server.url}/api/v4/users/me/status/custom`
  await bo.updateCustomStatus(custom)
  await fetch(`${path}/recent`, {
    method: 'DELETE',
    headers: { authorization },
    body: JSON.stringify(custom),
  })
}

export const confirmTerms = async ({ at, bo, root }: Day) => {
  const made = await root.createTermsOfService('Be kind.')
  expect(await bo.getTermsOfService()).toEqual(made)
  await bo.updateMyTermsOfServiceStatus(made.id, true)
  await fetchAs(bo, `${at.server.url}/api/v4/users/me/terms_of_service`)
}

export const useSecondFactor = async ({ at, bo }: Day) => {
  const { secret } = await bo.generateMfaSecret(at.bo.id)
  await bo.updateUserMfa(at.bo.id, true, await generate({ secret }))
  await bo.updateUserMfa(at.bo.id, false, '')
}

export const keepKeys = async ({ at, bo, root }: Day) => {
  const token = await root.createUserAccessToken(at.root.id, 'script')
  expect((await root.getUserAccessTokensForUser(at.root.id)).map((each) => each.id)).toContain(token.id)
  await root.revokeUserAccessToken(token.id)
  const second = await signedIn(at.server.url, at.bo.username, at.bo.password)
  const sessions = await bo.getSessions(at.bo.id)
  expect(sessions.length).toBeGreaterThan(1)
  const authorization = `Bearer ${second.getToken()}`
  await fetch(`${at.server.url}/api/v4/users/sessions/device`, {
    method: 'PUT',
    headers: { authorization },
    body: JSON.stringify({ device_id: 'android:abc' }),
  })
  const own = (await second.getSessions(at.bo.id)).filter((each) => each.device_id !== '')
  expect(own).toHaveLength(1)
  await bo.revokeSession(at.bo.id, own[0]?.id ?? '')
  const third = await signedIn(at.server.url, at.ana.username, at.ana.password)
  await third.logout()
}

export const comeBack = async ({ at, box }: Day) => {
  const out = clientOf(at.server.url)
  const { email } = at.eve.user
  await out.sendVerificationEmail(email)
  await out.verifyUserEmail((await box.next(email)).link.get('token') ?? '')
  await out.sendPasswordResetEmail(email)
  const password = unique('password')
  await out.resetUserPassword((await box.next(email)).link.get('token') ?? '', password)
  expect(await out.getUserLoginType(email)).toMatchObject({ auth_service: '' })
  await expect(out.loginWithDesktopToken('a'.repeat(64))).rejects.toMatchObject({
    status_code: expect.any(Number),
  })
  await expect(out.switchEmailToLdap(email, password, 'x', 'y')).rejects.toMatchObject({
    status_code: expect.any(Number),
  })
  // A password is the only way to sign in.
  const { email: mine } = at.bo.user
  for (const switching of [
    out.switchEmailToOAuth('gitlab', mine, at.bo.password),
    out.switchOAuthToEmail('gitlab', mine, password),
    out.switchLdapToEmail('x', mine, password),
  ]) {
    await expect(switching).rejects.toMatchObject({ status_code: expect.any(Number) })
  }
  const eve = await signedIn(at.server.url, email, password)
  await eve.updateUserPassword(at.eve.id, password, `${password}2`)
}

export const leave = async ({ at, ana, root, teamId }: Day) => {
  const { invite_id } = await ana.getTeam(teamId)
  const username = unique('guest')
  const user = { username, email: `${username}@example.org`, password: 'correct horse battery' }
  const made = await clientOf(at.server.url).createUser(user as never, '', invite_id)
  const client = await signedIn(at.server.url, username, user.password)
  await root.updateUserActive(made.id, false)
  await root.updateUserActive(made.id, true)
  const again = await signedIn(at.server.url, username, user.password)
  const headers = { authorization: `Bearer ${again.getToken()}` }
  expect((await fetch(`${at.server.url}/api/v4/users/${made.id}`, { method: 'DELETE', headers })).ok).toBe(
    true,
  )
  await expect(client.getMe()).rejects.toMatchObject({ status_code: 401 })
  await root.revokeAllSessionsForUser(at.ana.id)
}

export const describeThemselves = async ({ at, bo, root }: Day) => {
  const field = await root.createCustomProfileAttributeField({ name: unique('Room'), type: 'text' } as never)
  expect((await bo.getCustomProfileAttributeFields()).map((each) => each.id)).toContain(field.id)
  await bo.updateCustomProfileAttributeValues({ [field.id]: '7.101' })
  expect(await bo.getUserCustomProfileAttributesValues(at.bo.id)).toEqual({ [field.id]: '7.101' })
  const written = await root.updateUserCustomProfileAttributesValues(at.bo.id, { [field.id]: '7.102' })
  expect(written).toEqual({ [field.id]: '7.102' })
  const name = unique('Office')
  expect((await root.patchCustomProfileAttributeField(field.id, { name })).name).toBe(name)
  expect(await root.deleteCustomProfileAttributeField(field.id)).toEqual({ status: 'OK' })
}
