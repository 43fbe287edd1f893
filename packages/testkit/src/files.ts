/** Files for upload. */
import type { Channel, FileInfo } from '@plausch/wire'
import { expect } from 'vitest'
import type { Person } from './person.ts'

type Bytes = Uint8Array<ArrayBuffer> | string

/** A form with one file under the given field name. */
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

/** Uploads a file to a channel; no message contains it yet. */
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
