/**
 * Parses untrusted bytes in a separate thread, so that no input blocks the event loop. The thread is ended
 * when a piece of work takes too long or too much memory, and after it has been idle for a while.
 */
import { Worker } from 'node:worker_threads'

export type WorkerLimits = {
  /** Longest time for one piece of work, in milliseconds. */
  timeoutMs: number
  /** Largest heap, in mebibytes. */
  heapMb: number
}

const IDLE_MS = 30_000

/** Bytes that are passed to the thread are copied. */
type Waiting<I, O> = { input: I; resolve(output: O): void; reject(error: Error): void }

export type WorkerOf<I, O> = {
  /**
   * Passes one piece of work to the thread; pieces run one after the other. Rejects if the limits end it, or
   * the module throws.
   */
  run(input: I): Promise<O>
  /** Ends the thread; rejects waiting work. */
  stop(): Promise<void>
}

/**
 * `module` is a file that calls `answerWith` (worker-side.ts). The thread starts with the first piece of
 * work.
 */
export const openWorker = <I, O>(module: URL, { timeoutMs, heapMb }: WorkerLimits): WorkerOf<I, O> => {
  const waiting: Waiting<I, O>[] = []
  let thread: Worker | undefined
  let current: Waiting<I, O> | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  const end = (reason: Error) => {
    clearTimeout(timer)
    const [failed, ended] = [current, thread]
    current = undefined
    thread = undefined
    failed?.reject(reason)
    return ended?.terminate()
  }

  const next = () => {
    clearTimeout(timer)
    current = waiting.shift()
    if (!current) {
      timer = setTimeout(() => void end(new Error('idle')), IDLE_MS).unref()
      return
    }
    thread ??= start()
    timer = setTimeout(() => {
      void end(new Error('it takes too long'))
      next()
    }, timeoutMs)
    thread.postMessage(current.input)
  }

  const start = (): Worker => {
    const made = new Worker(module, {
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 16 },
      env: {},
      stdin: false,
    })
    made.unref()
    const fail = (error: Error) => {
      if (thread !== made) return
      void end(error)
      next()
    }
    made.on('message', ({ output, error }: { output: O; error?: string }) => {
      if (thread !== made) return
      if (error === undefined) current?.resolve(output)
      else current?.reject(new Error(error))
      next()
    })
    made.on('error', fail)
    made.on('exit', () => fail(new Error('the thread ended')))
    return made
  }

  return {
    run: (input) =>
      new Promise<O>((resolve, reject) => {
        if (isStopped) return reject(new Error('the server stops'))
        waiting.push({ input, resolve, reject })
        if (!current) next()
      }),
    async stop() {
      isStopped = true
      for (const each of waiting.splice(0)) each.reject(new Error('the server stops'))
      await end(new Error('the server stops'))
    },
  }
}
