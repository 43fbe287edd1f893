/** Files that people send. */
import type { Channel, FileInfo } from '@plausch/wire'
import { expect } from 'vitest'
import type { Person } from './person.ts'

type Bytes = Uint8Array<ArrayBuffer> | string

/** A form with one file in it, under the name of a field. */
export const formWith = (
  field: string,
  name: string,
  bytes: Bytes,
  fields: Record<string, string> = {},
): FormData => {
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.append(key, value)
  form.append(field, new File([bytes], name))
  return form
}

/** Sends a file to a channel; it is not part of a message yet. */
export const sendFile = async (
  by: Person,
  channel: Pick<Channel, 'id'>,
  name: string,
  bytes: Bytes,
): Promise<FileInfo> => {
  const body = formWith('files', name, bytes, { channel_id: channel.id })
  const response = await by.fetch('/api/v4/files', { method: 'POST', body })
  const reply = (await response.json()) as { file_infos: FileInfo[] }
  expect(response.status, JSON.stringify(reply)).toBe(201)
  const [info] = reply.file_infos
  if (!info) throw new Error('no file came back')
  return info
}
