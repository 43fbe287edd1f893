/**
 * People who join a team: one request each, as an administrator or a script adds them, and a hundred in one
 * request.
 */
import { teams } from '@plausch/wire'
import { type Bench, costOf, cpuEach, explain, type Scenario } from '../bench.ts'
import { signedIn } from '../seed.ts'

/** From the seed, so that their accounts exist already. */
const PEOPLE = 100

/** Adds the people to a new team. Returns CPU milliseconds for each of them. */
const added = async (bench: Bench, isTogether: boolean): Promise<number> => {
  const { target, seed } = bench
  const { api } = await signedIn(target.url, 'root')
  const name = `people-${Date.now().toString(36)}`
  const team = await api.call(teams.create, { body: { name, display_name: 'People', type: 'O' } })
  const bodies = [...seed.listeners, ...seed.authors]
    .slice(0, PEOPLE)
    .map(({ id }) => ({ team_id: team.id, user_id: id }))
  const params = { team_id: team.id }
  const { cost } = await costOf(bench, async () => {
    if (isTogether) await api.call(teams.addMembers, { params, body: bodies })
    else for (const body of bodies) await api.call(teams.addMember, { params, body })
  })
  bench.say(`    ${isTogether ? 'in one request' : 'one by one'}: ${explain(cost, bodies.length)}`)
  return cpuEach(cost, bodies.length)
}

export const people: Scenario = {
  name: 'people',
  isInShort: true,
  async run(bench) {
    const commit = bench.limits.commits?.cpu
    const limit = commit === undefined ? {} : { limit: commit }
    bench.say('  people added to a team')
    // The first round plans the statements on their connections.
    await added(bench, false)
    return [
      {
        name: 'people.one',
        title: 'a person added to a team: CPU',
        value: await added(bench, false),
        unit: 'ms',
        ...limit,
        goal: 0.95,
      },
      {
        name: 'people.hundred',
        title: 'the same, a hundred in one request: CPU',
        value: await added(bench, true),
        unit: 'ms',
        ...limit,
      },
    ]
  },
}
