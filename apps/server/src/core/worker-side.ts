/** The thread's side of worker.ts: what a module that runs in the thread calls. */
import { parentPort } from 'node:worker_threads'

/** Runs each piece of work with `work`; sends the message of what it throws. */
export const answerWith = <I, O>(work: (input: I) => O): void => {
  parentPort?.on('message', (input: I) => {
    try {
      parentPort?.postMessage({ output: work(input) })
    } catch (error) {
      parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) })
    }
  })
}
