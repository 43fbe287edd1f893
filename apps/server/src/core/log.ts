/** Structured logs, one JSON line each. Possible secrets are removed here, for every caller. */
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

/** How often a write to a full pipe is retried, a millisecond apart. */
const TRIES = 10

const pause = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)

/** Writes the whole text, or throws. A pipe may accept a part, and then nothing for a moment. */
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
 * Writes lines to a descriptor. If the disk is full, or the reader is gone, lines are lost and nothing else
 * happens, because the caller is in the middle of other work. When lines can be written again, the log says
 * how many were lost.
 */
const linesTo = (descriptor: number): DestinationStream => {
  let lost = 0
  return {
    write(line) {
      try {
        if (lost > 0) {
          const msg = 'lines of the log could not be written'
          // The line before may be incomplete.
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

/** Opens the log on standard error, so that standard output has only the answers of a command. */
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
