/** Each slash command parses its own arguments: this runs each of them with expensive ones. */
import { channelOf, type Place, place, unlimited } from '@plausch/testkit'
import type { Channel } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { builtIn } from '../../src/features/integrations/commands/table.ts'
import { fillers } from './largest.ts'
import { filled, provenExcess } from './measure.ts'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place({ checksReplies: false, fixed: unlimited })
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

/** Commands that end their own session or membership. */
const ENDING = new Set(['logout', 'leave'])
const LENGTHS = [16_000, 65_000]
let serial = 0

it.each(builtIn.map(({ trigger }) => trigger).filter((trigger) => !ENDING.has(trigger)))(
  '/%s costs no more than a turn, and grows no faster than what stands behind it',
  { timeout: 120_000 },
  async (trigger) => {
    const found: string[] = []
    for (const [filler, unit] of fillers) {
      for (const length of LENGTHS) {
        const attempt = (share: number) => {
          serial += 1
          const text = filled(unit, Math.floor(length * share))
          const body = { channel_id: room.id, team_id: at.team.id, command: `/${trigger} ${serial}${text}x` }
          return at.ana.fetch('/api/v4/commands/execute', { method: 'POST', body: JSON.stringify(body) })
        }
        const excess = await provenExcess(attempt)
        if (excess) found.push(`${length} of ${filler}: ${excess}`)
      }
    }
    expect(found).toEqual([])
  },
)
