/** Structured logs, one JSON line each. What could be a secret is removed here, whoever logs it. */
import { type Logger, pino } from 'pino'

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

/** Opens the log on standard error, so that what a command answers on standard output stays clean. */
export const openLog = (level: string): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secrets, censor: '[removed]' },
    },
    pino.destination({ dest: 2, sync: true }),
  )
