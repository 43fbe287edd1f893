/** Structured logs, one JSON line each. What could be a secret is removed here, whoever logs it. */
import { writeSync } from 'node:fs'
import { type DestinationStream, type Logger, pino } from 'pino'

export type Log = Logger

const secrets = [
  'token',
  'password',
  'authorization',
  'cookie',
  'csrf',
  'secret',
  '*.token',
  '*.password',
  '*.authorization',
  '*.cookie',
  '*.csrf',
  '*.secret',
]

/** So many times, a millisecond apart, is tried again what a full pipe does not take. */
const TRIES = 10

const pause = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)

/** Writes all of it, or throws. A pipe may take a part, and then nothing for a moment. */
const writeWhole = (descriptor: number, text: string, tries: number) => {
  const bytes = Buffer.from(text)
  let tried = 0
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at)
    } catch (error) {
      tried += 1
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || tried > tries) throw error
      pause()
    }
  }
}

/**
 * Lines to a descriptor. A full disk, or a reader who is gone, costs lines and nothing else: whoever logs is
 * in the middle of something. How many were lost is said when lines can be written again.
 */
const linesTo = (descriptor: number): DestinationStream => {
  let lost = 0
  return {
    write(line) {
      try {
        if (lost > 0) {
          const msg = 'lines of the log could not be written'
          // The line before may have been written in part.
          const said = JSON.stringify({ level: 40, time: new Date().toISOString(), lines: lost, msg })
          writeWhole(descriptor, `\n${said}\n`, 0)
          lost = 0
        }
        writeWhole(descriptor, line, TRIES)
      } catch {
        lost += 1
      }
    },
  }
}

/** Opens the log on standard error, so that what a command answers on standard output stays clean. */
export const openLog = (level: string): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secrets, censor: '[removed]' },
    },
    linesTo(2),
  )
