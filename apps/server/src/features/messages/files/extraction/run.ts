/**
 * Runs the extractor with limits from outside, so that a hostile document affects only that process. It
 * cannot write files or start programs. The kernel ends it when its CPU time is used up, even if the server
 * is gone. The server watches its memory, and the kernel ends it first when memory runs out.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OfficeFormat } from './office.ts'

export type Format = OfficeFormat | 'pdf'

const EXTRACTOR = join(import.meta.dirname, 'extractor.ts')
const CPU_S = 15
const ALL_MS = 60_000
const HEAP_MB = 256
const MOST_MEMORY = 600 * 1024 * 1024
const LOOK_MS = 100
const PAGE = 4096

const BOUNDED = `echo 1000 2>/dev/null >/proc/self/oom_score_adj; ulimit -t ${CPU_S}; exec "$@"`

const memoryOf = async (pid: number): Promise<number> => {
  const pages = (await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '')).split(' ')[1]
  return Number(pages ?? 0) * PAGE
}

const start = (format: Format, mostBytes: number): ChildProcess =>
  spawn(
    '/bin/sh',
    [
      ...['-c', BOUNDED, 'sh', process.execPath],
      ...[`--max-old-space-size=${HEAP_MB}`, '--permission', '--allow-fs-read=*', '--no-warnings'],
      ...[EXTRACTOR, format, String(mostBytes)],
    ],
    { stdio: ['pipe', 'pipe', 'ignore'], env: {} },
  )

/**
 * The text of a document, cut to a number of bytes. Throws if the extractor cannot read it within the limits.
 */
export const extract = (
  format: Format,
  bytes: Uint8Array,
  { mostBytes, signal }: { mostBytes: number; signal: AbortSignal },
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = start(format, mostBytes)
    const found: Buffer[] = []
    let size = 0
    let reason = 'it could not be read'
    const end = (why: string) => {
      reason = why
      child.kill('SIGKILL')
    }
    const looking = setInterval(() => {
      if (child.pid === undefined) return
      memoryOf(child.pid).then(
        (memory) => {
          if (memory > MOST_MEMORY) end('it takes too much memory')
        },
        () => undefined,
      )
    }, LOOK_MS)
    const late = setTimeout(() => end('it takes too long'), ALL_MS)
    const stop = () => end('the server stops')
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    child.stdout?.on('data', (part: Buffer) => {
      size += part.length
      if (size > mostBytes) end('it says too much')
      else found.push(part)
    })
    child.on('error', (error) => {
      reason = error.message
    })
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(bytes)
    child.on('close', (code) => {
      clearInterval(looking)
      clearTimeout(late)
      signal.removeEventListener('abort', stop)
      if (code === 0) resolve(Buffer.concat(found).toString('utf8'))
      else reject(new Error(reason))
    })
  })
