/** Drafts in the local database of this device. */
import type { PostPriority } from '@plausch/wire'
import { Collection, type Source } from '../source.ts'
import type { Context } from './noun.ts'

/** What a person has written in one place. */
export type Written = { message: string; fileIds: readonly string[]; priority?: PostPriority }

/** `isSaved`: the server has it, too. */
export type KeptDraft = { written: Written; isSaved: boolean }

export const sameWritten = (a: Written, b: Written): boolean =>
  a.message === b.message &&
  a.fileIds.length === b.fileIds.length &&
  a.fileIds.every((id, i) => id === b.fileIds[i]) &&
  JSON.stringify(a.priority ?? null) === JSON.stringify(b.priority ?? null)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const readOne = (value: unknown): KeptDraft | undefined => {
  // An earlier version kept only texts.
  if (typeof value === 'string') return { written: { message: value, fileIds: [] }, isSaved: false }
  if (!isObject(value) || !isObject(value.written)) return undefined
  const { message, fileIds, priority } = value.written
  if (typeof message !== 'string' || !Array.isArray(fileIds)) return undefined
  return {
    written: {
      message,
      fileIds: fileIds.filter((id) => typeof id === 'string'),
      ...(isObject(priority) && { priority: priority as PostPriority }),
    },
    isSaved: value.isSaved === true,
  }
}

/** What was put aside. Earlier versions kept all drafts there, some by channel only. */
const readAside = (text: string | null): Map<string, KeptDraft> => {
  try {
    const all: unknown = JSON.parse(text ?? '{}')
    return readAll(new Map(Object.entries(isObject(all) ? all : {})))
  } catch {
    return new Map()
  }
}

const readAll = (all: ReadonlyMap<string, unknown>): Map<string, KeptDraft> =>
  new Map(
    [...all].flatMap(([key, value]): [string, KeptDraft][] => {
      const draft = readOne(value)
      return draft ? [[key.includes('/') ? key : `${key}/`, draft]] : []
    }),
  )

/** The drafts of the signed-in person. */
export const keptDrafts = ({ device, me, storage, track }: Context) => {
  const records = new Collection<KeptDraft>()
  /** Drafts of which it is not known that they are stored; undefined for deleted ones. */
  const unstored = new Map<string, KeptDraft | undefined>()
  const aside = (): string => `drafts/${me()}`

  const store = async (key: string, draft: KeptDraft | undefined): Promise<void> => {
    const isStored = await device.write([{ table: 'drafts', key, value: draft }])
    if (isStored && unstored.get(key) === draft) unstored.delete(key)
  }

  const change = (key: string, draft: KeptDraft | undefined): void => {
    if (draft) records.set(key, draft)
    else records.delete(key)
    unstored.set(key, draft)
    track(store(key, draft))
  }

  return {
    /** The keys of all of them. */
    places: records.ids,
    one: (key: string): KeptDraft | undefined => records.one(key),
    at: (key: string): Source<KeptDraft | undefined> => records.at(key),
    set: change,
    /** The server has it now. An empty one needs no place here. */
    saved(key: string): void {
      const draft = records.one(key)
      if (!draft) return
      const isNothing = draft.written.message === '' && draft.written.fileIds.length === 0
      change(key, isNothing ? undefined : { ...draft, isSaved: true })
    },
    unsaved: (): string[] => records.keys().filter((key) => records.one(key)?.isSaved === false),
    putAside(): void {
      const nothing: KeptDraft = { written: { message: '', fileIds: [] }, isSaved: true }
      const all = [...unstored].map(([key, draft]) => [key, draft ?? nothing] as const)
      if (all.length > 0) storage.set(aside(), JSON.stringify(Object.fromEntries(all)))
    },
    async adopt(): Promise<void> {
      const late = readAside(storage.get(aside()))
      const stored = readAll(await device.readAll('drafts'))
      for (const [key, draft] of [...stored, ...late])
        if (!records.has(key) || late.has(key)) records.set(key, draft)
      if (late.size === 0) return
      const writes = [...late].map(([key, value]) => ({ table: 'drafts', key, value }) as const)
      if (await device.write(writes)) storage.remove(aside())
    },
    /** Empties the memory. */
    clear(): void {
      records.clear()
      unstored.clear()
    },
    /** Deletes what was put aside. */
    forget: (): void => storage.remove(aside()),
  }
}

export type KeptDrafts = ReturnType<typeof keptDrafts>
