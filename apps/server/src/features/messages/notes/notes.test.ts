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

/** What is noted of somebody who comes to the team and leaves it. */
const notedOfVisitor = async () => {
  const before = (await notes()).length
  const visitor = await signUp(at.server, 'visitor', at.team.invite_id)
  await visitor.call(teams.removeMember, { params: { team_id: at.team.id, user_id: visitor.id } })
  return (await notes()).slice(before).map(({ type }) => type)
}

it('notes in the first channel who comes to the team and leaves it, as long as the settings say so', async () => {
  expect(await notedOfVisitor()).toEqual(['system_join_team', 'system_leave_team'])
  const ServiceSettings = { ExperimentalEnableDefaultChannelLeaveJoinMessages: false }
  await at.root.call(settings.patch, { body: { ServiceSettings } })
  expect(await notedOfVisitor()).toEqual([])
})
