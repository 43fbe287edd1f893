/** Connections on which nothing happens. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario } from '../bench.ts'
import { kernelMemory } from '../processes.ts'

const SETTLE_MS = 4000

export const idle: Scenario = {
  name: 'idle',
  isInShort: false,
  async run(bench) {
    const { seed, listening, target } = bench
    const tokens = Array.from({ length: 5 }, () => seed.listeners.map(({ token }) => token)).flat()
    await sleep(SETTLE_MS)
    const [before, kernelBefore] = [target.memory(), kernelMemory()]
    await listening.ask('open', { url: target.socketUrl, tokens })
    await sleep(SETTLE_MS)
    const server = (target.memory() - before) / tokens.length / 1024
    // The kernel holds both ends, and the generator is on this machine.
    const kernel = (kernelMemory() - kernelBefore) / tokens.length / 1024 / 2
    await listening.ask('close', null)
    bench.say(
      `  ${tokens.length} sockets: ${server.toFixed(1)} KiB each in the server, ${kernel.toFixed(1)} KiB in the kernel`,
    )
    return [
      {
        name: 'idle.memory',
        title: 'an idle connection, of 5,000',
        value: server,
        unit: 'KiB',
        goal: 14,
        mattermost: 73,
      },
    ]
  },
}
