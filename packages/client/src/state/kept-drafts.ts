/** Drafts in the local database of this device. */
import type { PostPriority } from '@plausch/wire'
import { Collection, type Source } from '../source.ts'
import { createWritings } from './aside.ts'
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

/** Earlier versions kept some drafts by channel only. */
const placeOf = (key: string): string => (key.includes('/') ? key : `${key}/`)

/** The drafts of the signed-in person. */
export const keptDrafts = (context: Context) => {
  const records = new Collection<KeptDraft>()
  const writings = createWritings(context, 'drafts')

  const change = (key: string, draft: KeptDraft | undefined): void => {
    if (draft) records.set(key, draft)
    else records.delete(key)
    void writings.write(key, draft)
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
    putAside: writings.putAside,
    async adopt(): Promise<void> {
      const { all, late } = await writings.readAll()
      for (const key of late) records.delete(placeOf(key))
      for (const [key, value] of all) {
        const draft = readOne(value)
        if (draft && !records.has(placeOf(key))) records.set(placeOf(key), draft)
      }
    },
    /** Empties the memory. */
    clear(): void {
      records.clear()
      writings.clear()
    },
    /** Deletes what was put aside. */
    forget: writings.forget,
  }
}

export type KeptDrafts = ReturnType<typeof keptDrafts>
