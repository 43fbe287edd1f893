/** What is known of files: those of messages come with them, those of drafts are asked for. */
import { Collection } from '@plausch/client'
import { type FileInfo, files as operations, type Post } from '@plausch/wire'
import { client } from '../../../platform/client.ts'

export const files = new Collection<FileInfo>()
const asked = new Set<string>()
client.myId.subscribe(() => {
  files.clear()
  asked.clear()
})

export const putFile = (file: FileInfo): void => files.set(file.id, file)

const ask = (id: string): Promise<FileInfo> => client.call(operations.info, { params: { file_id: id } })

/** Asks for those that are not known yet. A file that is gone stays unknown. */
export const ensureFiles = (ids: readonly string[]): void => {
  for (const id of ids) {
    if (files.has(id) || asked.has(id)) continue
    asked.add(id)
    ask(id).then(putFile, () => asked.delete(id))
  }
}

/** Asks for a file again, because it may belong to a message by now. */
export const refreshFile = (id: string): void => void ask(id).then(putFile, () => undefined)

const NONE: readonly FileInfo[] = []

/** The files of a message, in their order. */
export const filesOf = ({ metadata, file_ids }: Pick<Post, 'metadata' | 'file_ids'>): readonly FileInfo[] => {
  const all = metadata?.files ?? NONE
  if (!file_ids || all.length < 2) return all
  const order = new Map(file_ids.map((id, i) => [id, i]))
  return all.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
}
