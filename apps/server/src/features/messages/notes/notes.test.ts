import { type Place, place, signUp } from '@plausch/testkit'
import { settings, teams } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const notes = async () =>
  await at.server.app.pool.rows<{ type: string }>(
    `select type from posts where channel_id = $1 and type like 'system_%' order by create_at`,
    [at.townSquare.id],
  )

/** The notes about a person who joins and leaves the team. */
const notedOfVisitor = async () => {
  const before = (await notes()).length
  const visitor = await signUp(at.server, 'visitor', at.team.invite_id)
  await visitor.call(teams.removeMember, { params: { team_id: at.team.id, user_id: visitor.id } })
  return (await notes()).slice(before).map(({ type }) => type)
}

it('the first channel notes who joins or leaves the team, unless the settings forbid it', async () => {
  expect(await notedOfVisitor()).toEqual(['system_join_team', 'system_leave_team'])
  const ServiceSettings = { ExperimentalEnableDefaultChannelLeaveJoinMessages: false }
  await at.root.call(settings.patch, { body: { ServiceSettings } })
  expect(await notedOfVisitor()).toEqual([])
})
