/** Which files of the client load which others: at once, or later. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const AT_ONCE = /^(?:import|export)(?! type\b)(?:[^'"]*? from)? '(\.[^']+\.tsx?)'/gm
const LAZY = /import\('(\.[^']+)'\)/g

const reached = (
  files: Iterable<string>,
  by: readonly RegExp[],
  isBeyond: (file: string) => boolean = () => false,
): Set<string> => {
  const found = new Set<string>()
  const waiting = [...files]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file) || isBeyond(file) || !existsSync(file)) continue
    found.add(file)
    const text = readFileSync(file, 'utf8')
    for (const pattern of by)
      for (const [, to = ''] of text.matchAll(pattern)) waiting.push(join(dirname(file), to))
  }
  return found
}

/** The files that are loaded with these ones: whatever they import, but not what they load later. */
export const loadedWith = (files: Iterable<string>): Set<string> => reached(files, [AT_ONCE])

/** What these files name in their own folder or another one, by its pattern. */
export const namedBy = (files: Iterable<string>, pattern: RegExp): string[] =>
  [...files].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, to = '']) => join(dirname(file), to)),
  )

/** What these files load later. */
export const loadedLaterBy = (files: Iterable<string>): string[] => namedBy(files, LAZY)

const isDoorToConsole = (file: string): boolean => /[\\/]screens[\\/]Console\.tsx$/.test(file)

/** The files that anybody may load sooner or later; those of the console only by what they share. */
export const forEverybody = (source: string): Set<string> =>
  reached([join(source, 'main.tsx')], [AT_ONCE, LAZY], isDoorToConsole)

/** The files that only administrators load. */
export const onlyInConsole = (source: string): Set<string> => {
  const others = forEverybody(source)
  const all = reached([join(source, 'main.tsx')], [AT_ONCE, LAZY])
  return new Set([...all].filter((file) => !others.has(file)))
}
