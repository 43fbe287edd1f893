/** Drafts in the storage of this device. */
import type { PostPriority } from '@plausch/wire'
import { Collection, type Source } from '../source.ts'
import type { Storage } from './noun.ts'

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

const readAll = (text: string | null): Map<string, KeptDraft> => {
  try {
    const all: unknown = JSON.parse(text ?? '{}')
    return new Map(
      Object.entries(isObject(all) ? all : {}).flatMap(([key, value]): [string, KeptDraft][] => {
        const draft = readOne(value)
        return draft ? [[key.includes('/') ? key : `${key}/`, draft]] : []
      }),
    )
  } catch {
    return new Map()
  }
}

/** The drafts of one person; `name` is where they are stored. */
export const keptDrafts = (storage: Storage, name: () => string) => {
  const records = new Collection<KeptDraft>()
  let whose = ''

  /** Reads those of the person who is signed in now. */
  const know = (): void => {
    if (whose === name()) return
    whose = name()
    records.replace(readAll(storage.get(whose)))
  }

  /** Other windows of this browser write here, too: only this one draft is changed. */
  const change = (key: string, draft: KeptDraft | undefined): void => {
    know()
    const all = readAll(storage.get(name()))
    if (draft) all.set(key, draft)
    else all.delete(key)
    if (all.size === 0) storage.remove(name())
    else storage.set(name(), JSON.stringify(Object.fromEntries(all)))
    if (draft) records.set(key, draft)
    else records.delete(key)
  }

  return {
    /** The keys of all of them. */
    places: records.ids,
    one(key: string): KeptDraft | undefined {
      know()
      return records.one(key)
    },
    at(key: string): Source<KeptDraft | undefined> {
      know()
      return records.at(key)
    },
    set: change,
    /** The server has it now. An empty one needs no place here. */
    saved(key: string): void {
      const draft = records.one(key)
      if (!draft) return
      const isNothing = draft.written.message === '' && draft.written.fileIds.length === 0
      change(key, isNothing ? undefined : { ...draft, isSaved: true })
    },
    unsaved(): string[] {
      know()
      return records.keys().filter((key) => records.one(key)?.isSaved === false)
    },
    /** Empties the memory. */
    clear(): void {
      whose = ''
      records.clear()
    },
    /** Deletes them. */
    forget(): void {
      storage.remove(name())
      records.clear()
    },
  }
}
