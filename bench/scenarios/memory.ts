/** Idle connections. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench, Scenario } from '../bench.ts'
import { measurePings } from '../limits/ready.ts'
import { kernelMemory } from '../processes.ts'

const SETTLE_MS = 4000
const SOCKETS = 10_000
/** The time in which each socket is pinged once. */
const ROUND_MS = 45_000

/**
 * One process of the load generator opens the first half, another the second: the limit of open files holds
 * for each process.
 */
const openHalf = async ({ seed, asking, listening, target }: Bench, half: 0 | 1) => {
  const tokens = Array.from(
    { length: SOCKETS / 2 },
    (_, n) => seed.listeners[n % seed.listeners.length]?.token ?? '',
  )
  await [listening, asking][half]?.ask('open', { url: target.socketUrl, tokens })
  await sleep(SETTLE_MS)
}

/** The share of a core that the server uses over a round of pings. */
const busy = async ({ target }: Bench): Promise<number> => {
  const before = target.used().server
  await sleep(ROUND_MS)
  return (target.used().server - before) / (ROUND_MS / 1000)
}

export const idle: Scenario = {
  name: 'idle',
  isInShort: false,
  async run(bench) {
    const { asking, listening, target } = bench
    await sleep(SETTLE_MS)
    const idleShare = await busy(bench)
    const pings = (await measurePings(listening, SOCKETS / 2, ROUND_MS / 1000)) / (ROUND_MS / 1000)
    const [before, kernelBefore] = [target.memory(), kernelMemory()]
    const each = (bytes: number, sockets: number) => bytes / sockets / 1024
    await openHalf(bench, 0)
    const half = each(target.memory() - before, SOCKETS / 2)
    const share = (await busy(bench)) - idleShare
    bench.say(
      `  ${SOCKETS / 2} sockets: ${(share * 100).toFixed(2)} % of a core, beside ${(idleShare * 100).toFixed(2)} % without any`,
    )
    await openHalf(bench, 1)
    const all = each(target.memory() - before, SOCKETS)
    // The kernel holds both ends, because the generator is on this machine.
    const kernel = each(kernelMemory() - kernelBefore, SOCKETS * 2)
    let closed = 0
    for (const worker of [asking, listening]) {
      closed += (await worker.ask('take', null)).closed
      await worker.ask('close', null)
    }
    if (closed > 0) throw new Error(`${closed} sockets were closed by the server`)
    bench.say(
      `  a socket: ${half.toFixed(1)} KiB in the server, ${all.toFixed(1)} with ${SOCKETS}; ${kernel.toFixed(1)} KiB in the kernel`,
    )
    return [
      {
        name: 'idle.memory',
        title: 'an idle connection, of 5,000',
        value: half,
        unit: 'KiB',
        goal: 14,
        mattermost: 73,
      },
      {
        name: 'idle.cpu',
        title: '5,000 idle connections: CPU, of a core',
        value: share * 100,
        unit: '%',
        limit: pings * 100,
        goal: 0.6,
        mattermost: 0.3,
      },
      { name: 'idle.memory10k', title: 'the same, of 10,000', value: all, unit: 'KiB', goal: 14 },
    ]
  },
}
