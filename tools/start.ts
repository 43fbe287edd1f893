/** `npm start`: builds the web client if its sources are newer, then serves until a signal ends it. */
import { readConfig } from '@plausch/server/config'
import { isRefusal, serve } from '@plausch/server/main'
import { ensureWeb, WebRefusal } from './web.ts'

const start = async (): Promise<number> => {
  try {
    // An error in the environment is reported before the build.
    readConfig(process.env)
    await ensureWeb((line) => void process.stdout.write(`${line}\n`))
  } catch (error) {
    if (!isRefusal(error) && !(error instanceof WebRefusal)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
  return await serve(process.env)
}

process.exit(await start())
