/**
 * `npm run bar [-- NUMBER …]`: drives the web client through the checks of the acceptance bar, and prints one
 * row for each. bench/README.md explains it.
 *
 * --short         small data, few runs: minutes instead of an hour
 * --data FOLDER   where the reference data is kept; by default .cache/bar
 * --json FILE     writes the findings
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureWeb } from '../../tools/web.ts'
import { freePort, startServer } from '../target.ts'
import type { Check, Finding } from './check.ts'
import { checks } from './checks.ts'
import { dataIn, dataSizes, keepData, makeData } from './data.ts'
import { openRig, type Rig } from './rig.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    data: { type: 'string', default: join(import.meta.dirname, '../../.cache/bar') },
    json: { type: 'string' },
  },
})
const say = (line: string) => void process.stdout.write(`${line}\n`)
const LONGEST_MS = 15 * 60_000

const attempt = async ({ run, number }: Check, rig: Rig): Promise<Finding> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve({ notMeasured: 'it took too long' }), LONGEST_MS)
  })
  try {
    return await Promise.race([run(rig), late])
  } catch (error) {
    const words = String(error).split('\n').slice(0, 2).join(' ')
    return { measured: `check ${number} could not be done`, miss: words.slice(0, 300) }
  } finally {
    clearTimeout(timer)
  }
}

/** `slowness`: how many times as long as usual the reference page took meanwhile. */
const rowOf = ({ number, what, wanted }: Check, finding: Finding, slowness: number): string => {
  const result =
    'notMeasured' in finding
      ? `not measured: ${finding.notMeasured}`
      : `${finding.measured}  ${finding.miss ? `MISS ${finding.miss}` : 'ok'}  (machine × ${slowness.toFixed(2)})`
  return `${String(number).padStart(2)}  ${what}  [${wanted}]\n    ${result}`
}

const measure = async (rig: Rig): Promise<number> => {
  const wanted = checks.filter(
    ({ number }) => positionals.length === 0 || positionals.includes(String(number)),
  )
  const findings: { number: number; slowness: number; finding: Finding }[] = []
  for (const check of wanted) {
    await rig.begin()
    const finding = await attempt(check, rig)
    findings.push({ number: check.number, slowness: rig.slowness, finding })
    say(rowOf(check, finding, rig.slowness))
  }
  if (options.json) await writeFile(options.json, JSON.stringify(findings, undefined, 2))
  return findings.filter(({ finding }) => 'miss' in finding && finding.miss !== undefined).length
}

const main = async () => {
  await ensureWeb(say)
  const size = dataSizes[options.short ? 'short' : 'full']
  const folder = join(options.data, options.short ? 'short' : 'full')
  await mkdir(folder, { recursive: true })
  const port = await freePort()
  const env = { PLAUSCH_DATA: folder }
  let server = await startServer(port, env)
  const stop = async () => {
    const ended = new Promise((done) => server.process.once('exit', done))
    server.process.kill('SIGTERM')
    await ended
  }
  try {
    const url = `http://127.0.0.1:${port}`
    const file = join(folder, 'bar.json')
    const data = dataIn(file, size) ?? (await makeData(url, size, say))
    keepData(file, data)
    const restart = async () => {
      await stop()
      return {
        async up() {
          server = await startServer(port, env)
        },
      }
    }
    const rig = await openRig({ url, data, isShort: options.short, restart })
    try {
      process.exitCode = (await measure(rig)) > 0 ? 1 : 0
    } finally {
      await rig.close()
    }
  } finally {
    await stop()
  }
}

await main()
