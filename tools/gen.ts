/** `npm run gen [-- --check]`: writes the generated files, or says which of them are out of date. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generate as compatibility } from './gen-compatibility.ts'
import { generate as facts } from './gen-facts.ts'
import { generate as openapi } from './gen-openapi.ts'
import { generate as perProcess } from './gen-per-process.ts'
import { generate as schema } from './gen-schema.ts'
import { generate as settings } from './gen-settings.ts'
import { generate as webPlaces } from './gen-web-places.ts'

const root = join(import.meta.dirname, '..')

/** Every generator returns the contents of its files by their paths from the root. */
const generators = [settings, schema, facts, perProcess, compatibility, openapi, webPlaces]

const stale = async (): Promise<Map<string, string>> => {
  const all: Record<string, string> = Object.assign(
    {},
    ...(await Promise.all(generators.map((generate) => generate()))),
  )
  const found = new Map<string, string>()
  for (const [path, text] of Object.entries(all)) {
    if ((await readFile(join(root, path), 'utf8').catch(() => '')) !== text) found.set(path, text)
  }
  return found
}

const gen = async (isCheck: boolean): Promise<number> => {
  const files = await stale()
  for (const [path, text] of files) {
    if (!isCheck) await writeFile(join(root, path), text)
    process.stdout.write(`${isCheck ? 'stale' : 'written'}: ${path}\n`)
  }
  if (files.size === 0) process.stdout.write('All generated files are up to date.\n')
  else if (isCheck) process.stdout.write("Run 'npm run gen'.\n")
  return isCheck && files.size > 0 ? 1 : 0
}

process.exit(await gen(process.argv.includes('--check')))
