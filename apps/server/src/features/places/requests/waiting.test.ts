/** What happens by time: reminders, lapsing, the yearly question, and teams that nobody owns any more. */
import { hurry, type Listener, type Person, type Place, place, refused } from '@plausch/testkit'
import { requests, settings, type TeamRequest, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approve, ask, asker, get, secondAdmin, stepsOf } from '../../../../test/asking.ts'

let at: Place
/** A second administrator of the server. */
let chief: Person

beforeAll(async () => {
  at = await place()
  chief = await secondAdmin(at)
  await at.root.call(settings.patch, {
    body: { ServiceSettings: { SiteURL: 'https://chat.example.org' } },
  })
})
afterAll(() => at.stop())

const sql = <T>(text: string, values: unknown[] = []) =>
  at.server.app.pool.rows<T & Record<string, unknown>>(text, values)
const messageTo = (listener: Listener, words: string) =>
  listener.next('posted', ({ post }) => JSON.parse(post).message.includes(words))

describe('by time', () => {
  const DAY_MS = 86_400_000
  const later = (request: TeamRequest, days: number) =>
    sql('update team_requests set update_at = update_at - $2 where id = $1', [request.id, days * DAY_MS])

  it('those on whom a request waits are reminded once, and after a month it lapses', async () => {
    const ada = await asker(at)
    const heard = await chief.listen()
    const asked = await ask(ada)
    const remindedAt = async () => {
      const [row] = await sql<{ reminded_at: number }>(
        'select reminded_at from team_requests where id = $1',
        [asked.id],
      )
      return row?.reminded_at ?? 0
    }
    await messageTo(heard, asked.id)
    await hurry(at.server, 'requests.tend')
    expect(await remindedAt()).toBe(0)
    await later(asked, 8)
    await hurry(at.server, 'requests.tend')
    await messageTo(heard, asked.id)
    const first = await remindedAt()
    expect(first).toBeGreaterThan(0)
    await hurry(at.server, 'requests.tend')
    expect(await remindedAt()).toBe(first)
    await later(asked, 23)
    await hurry(at.server, 'requests.tend')
    const now = await get(ada, asked)
    expect(now.state).toBe('lapsed')
    expect(stepsOf(now).at(-1)).toEqual(['lapse', ''])
  })

  it('the owners of a team are asked once a year whether it is still needed', async () => {
    const [ada, ben] = [await asker(at), await asker(at)]
    const asked = await ask(ada, { owner_ids: [ada.id, ben.id] })
    const { team_id } = await approve(at.root, asked)
    const questions = async (person: Person) =>
      (await person.call(requests.listReviews)).filter((review) => review.team_id === team_id)
    const answer = (person: Person, is_needed: boolean) =>
      person.call(requests.answerReview, { params: { team_id }, body: { is_needed } })
    await hurry(at.server, 'requests.ask_owners')
    expect(await questions(ada)).toEqual([])
    await sql('update teams set create_at = create_at - $2 where id = $1', [team_id, 366 * DAY_MS])
    const heard = { ada: await ada.listen(), root: await at.root.listen() }
    for (let n = 0; n < 2; n += 1) await hurry(at.server, 'requests.ask_owners')
    await messageTo(heard.ada, 'is it still needed?')
    for (const person of [ada, ben, at.root]) expect(await questions(person)).toHaveLength(1)
    expect(await questions(at.bo)).toEqual([])
    await refused('requests.no_review', answer(at.bo, false))
    await answer(ben, true)
    await refused('requests.no_review', answer(ada, true))
    await hurry(at.server, 'requests.ask_owners')
    expect(await questions(ada)).toEqual([])
    await sql('update team_reviews set answered_at = answered_at - $2 where team_id = $1', [
      team_id,
      366 * DAY_MS,
    ])
    await hurry(at.server, 'requests.ask_owners')
    await answer(ada, false)
    await messageTo(heard.root, 'no longer needed')
    // The answer archives nothing.
    expect(await ada.call(teams.get, { params: { team_id } })).toMatchObject({ delete_at: 0 })
  })

  it('a team without an active owner is listed for administrators, who name one', async () => {
    const [ada, ben] = [await asker(at), await asker(at)]
    const { team_id } = await approve(at.root, await ask(ada))
    const orphans = async () =>
      (await at.root.call(requests.listOrphans, { query: { per_page: 200 } })).map(({ id }) => id)
    const name = (by: Person, user: Person) =>
      by.call(requests.nameOwner, { params: { team_id }, body: { user_id: user.id } })
    await refused('requests.owned', name(at.root, ben))
    expect(await orphans()).not.toContain(team_id)
    await at.root.call(users.setActive, { params: { user_id: ada.id }, body: { active: false } })
    expect(await orphans()).toContain(team_id)
    await refused('api.context.permissions.app_error', at.bo.call(requests.listOrphans))
    await refused('api.context.permissions.app_error', name(at.bo, at.bo))
    await refused('requests.owner', name(at.root, ada))
    await name(at.root, ben)
    const member = await ben.call(teams.getMember, { params: { team_id, user_id: ben.id } })
    expect(member.scheme_admin).toBe(true)
    expect(await orphans()).not.toContain(team_id)
  })
})
