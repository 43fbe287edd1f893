/** From the command to the first answer, with PostgreSQL running; and the memory after that. */

import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLog } from '@plausch/server/core/log.ts'
import { startPostgres } from '@plausch/server/core/postgres/postgres.ts'
import type { Scenario } from '../bench.ts'
import { median } from '../figures.ts'
import { cpuOf, memoryOf } from '../processes.ts'
import { freePort, startServer } from '../target.ts'

const TIMES = 5

export const start: Scenario = {
  name: 'start',
  isInShort: false,
  async run(bench) {
    const data = await mkdtemp(join(tmpdir(), 'plausch-bench-start-'))
    const postgres = await startPostgres({ dataFolder: data, log: openLog('error') })
    try {
      const [took, cpu, memory]: [number[], number[], number[]] = [[], [], []]
      // The first start creates the tables, and fills the cache of compiled code.
      for (let n = 0; n <= TIMES; n += 1) {
        const env = { PLAUSCH_DATA: data, PLAUSCH_DATABASE_URL: postgres.url }
        const { process: child, pid, seconds } = await startServer(await freePort(), env)
        const used = cpuOf(pid)
        await sleep(1500)
        if (n > 0) {
          took.push(seconds)
          cpu.push(used)
          memory.push(memoryOf(pid) / 1024 / 1024)
        }
        const ended = once(child, 'exit')
        child.kill('SIGTERM')
        await ended
      }
      bench.say(
        `  ${took.map((s) => s.toFixed(2)).join(', ')} s, CPU ${median(cpu).toFixed(2)} s; ${memory.map((m) => m.toFixed(0)).join(', ')} MiB`,
      )
      return [
        {
          name: 'start.seconds',
          title: 'start, PostgreSQL running',
          value: median(took),
          unit: 's',
          goal: 0.5,
          mattermost: 0.4,
        },
        {
          name: 'start.memory',
          title: 'memory after it',
          value: median(memory),
          unit: 'MiB',
          goal: 130,
          mattermost: 83,
        },
      ]
    } finally {
      await postgres.stop()
      await rm(data, { recursive: true, force: true })
    }
  },
}
