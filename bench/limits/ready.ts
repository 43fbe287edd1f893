/**
 * What Node itself needs on this machine to answer with a ready page, and to send one frame to many sockets.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { spreadOf } from '../figures.ts'
import { requestFrom, type Worker } from '../load/crew.ts'
import { cpuOf } from '../processes.ts'

export type Fanout = {
  perSecond: number
  /** CPU microseconds of the sender per delivery. */
  cpu: number
  p50: number
  p99: number
}

const start = async (): Promise<{ child: ChildProcess; url: string }> => {
  const child = fork(join(import.meta.dirname, 'ready-server.ts'))
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { child, url: `http://127.0.0.1:${port}` }
}

/** CPU milliseconds per answer, and answers per second to eight clients. */
export const measurePage = async (
  workers: readonly Worker[],
): Promise<{ cpu: number; perSecond: number }> => {
  const { child, url } = await start()
  const lanes = Array.from({ length: 8 }, () => ({ token: '', rounds: [[{ method: 'GET', path: '/' }]] }))
  await requestFrom(workers, { url, lanes, seconds: 0.5 })
  const before = cpuOf(child.pid ?? 0)
  const { took, seconds } = await requestFrom(workers, { url, lanes, seconds: 3 })
  const cpu = cpuOf(child.pid ?? 0) - before
  child.disconnect()
  return { cpu: (cpu * 1000) / took.length, perSecond: took.length / seconds }
}

/** Rounds to so many sockets; `everyMs` 0 means as fast as they are taken. */
export const measureFanout = async (
  listening: Worker,
  sockets: number,
  kind: 'ready' | 'ws',
  { count, everyMs = 0 }: { count: number; everyMs?: number },
): Promise<Fanout> => {
  const { child, url } = await start()
  await listening.ask('open', { url, tokens: Array.from({ length: sockets }, () => '') })
  await listening.ask('take', null)
  child.send({ kind, count, everyMs })
  const [{ cpu }] = (await once(child, 'message')) as [{ cpu: number; seconds: number }]
  while ((await listening.ask('delivered', null)) < sockets * count) await sleep(2)
  const { ages, delivered, seconds } = await listening.ask('take', null)
  await listening.ask('close', null)
  child.disconnect()
  const { p50, p99 } = spreadOf(ages)
  return { perSecond: delivered / seconds, cpu: (cpu * 1e6) / delivered, p50, p99 }
}

/** CPU seconds of a server that only pings so many sockets, once each, over this time. */
export const measurePings = async (listening: Worker, sockets: number, seconds: number): Promise<number> => {
  const { child, url } = await start()
  await listening.ask('open', { url, tokens: Array.from({ length: sockets }, () => '') })
  await sleep(1000)
  child.send({ kind: 'ping', count: 1, everyMs: seconds * 1000 })
  const [{ cpu }] = (await once(child, 'message')) as [{ cpu: number }]
  await listening.ask('take', null)
  await listening.ask('close', null)
  child.disconnect()
  return cpu
}
