/**
 * Files that are being attached to what somebody writes, by place (`<channel>/<root>`). Uploads continue
 * while another channel is shown; a finished one is part of the place's draft at once.
 */
import { ApiFault, batch, Collection, type Source } from '@plausch/client'
import type { FileInfo } from '@plausch/wire'
import { notify } from '../../../browser/notices.ts'
import { language } from '../../../i18n/language.ts'
import { problemOf, say } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { putFile } from '../files/known.ts'
import { sizeText } from '../files/size.ts'
import { type Resumable, sendFile } from './transfer.ts'

/** v4's clients allow this many files per message. */
export const MOST_FILES = 10
const AT_ONCE = 3
const RETRY_MS = [1000, 3000, 9000]

export type Attachment = {
  key: string
  name: string
  size: number
  type: string
  /** `interrupted`: the connection is gone, and it continues when that is back. */
  state: 'waiting' | 'sending' | 'interrupted' | 'failed' | 'done'
  /** Bytes that were sent. */
  sent: number
  problem?: string
  /** Shows a picture before the server has it. */
  preview?: string
  /** The server's id, when it is done. */
  fileId?: string
}

type Job = { file: File; tries: number; resumable: Resumable; stop: AbortController }

const byPlace = new Collection<readonly Attachment[]>()
const jobs = new Map<string, Job>()
const NONE: readonly Attachment[] = []
let last = 0

export const placeOf = (channelId: string, rootId: string): string => `${channelId}/${rootId}`

/** The attachments of a place. */
export const attachmentsAt = (place: string): Source<readonly Attachment[] | undefined> => byPlace.at(place)
export const attachmentsIn = (place: string): readonly Attachment[] => byPlace.one(place) ?? NONE

export const isUploading = ({ state }: Attachment): boolean => state !== 'done' && state !== 'failed'

/** The server's ids of those that are done. */
export const fileIdsIn = (place: string): string[] =>
  attachmentsIn(place).flatMap(({ fileId }) => fileId ?? [])

const change = (place: string, key: string, fields: Partial<Attachment>): void =>
  byPlace.update(place, (all) => all.map((each) => (each.key === key ? { ...each, ...fields } : each)))

/** Writes the ids of the finished files into the draft of the place. */
const keepInDraft = (place: string): void => {
  const [channelId = '', rootId = ''] = place.split('/')
  client.drafts.write(channelId, rootId, {
    ...client.drafts.read(channelId, rootId),
    fileIds: fileIdsIn(place),
  })
}

const finished = (place: string, key: string, info: FileInfo): void => {
  jobs.delete(key)
  putFile(info)
  batch(() => {
    change(place, key, { state: 'done', sent: info.size, fileId: info.id })
    keepInDraft(place)
  })
}

const failed = (place: string, key: string, job: Job, error: unknown): void => {
  if (error instanceof DOMException && error.name === 'AbortError') return
  const wait = RETRY_MS[job.tries]
  if (error instanceof ApiFault && error.isPassing && wait !== undefined) {
    job.tries += 1
    change(place, key, { state: 'interrupted' })
    setTimeout(() => resume(place, key), wait)
  } else change(place, key, { state: 'failed', problem: problemOf(error) })
}

const resume = (place: string, key: string): void => {
  if (attachmentsIn(place).some((each) => each.key === key && each.state === 'interrupted')) {
    change(place, key, { state: 'waiting' })
    begin()
  }
}

const run = async (place: string, key: string, job: Job): Promise<void> => {
  const [channelId = ''] = place.split('/')
  change(place, key, { state: 'sending' })
  try {
    const info = await sendFile(
      job.file,
      channelId,
      job.resumable,
      (sent) => change(place, key, { sent }),
      job.stop.signal,
    )
    finished(place, key, info)
  } catch (error) {
    failed(place, key, job, error)
  } finally {
    begin()
  }
}

/** Begins waiting uploads, a few at once. */
const begin = (): void => {
  let running = byPlace
    .get()
    .flat()
    .filter(({ state }) => state === 'sending').length
  for (const place of byPlace.keys()) {
    for (const { key, state } of attachmentsIn(place)) {
      const job = jobs.get(key)
      if (state !== 'waiting' || !job || running >= AT_ONCE) continue
      running += 1
      void run(place, key, job)
    }
  }
}

/** Tries again what the connection interrupted, from the beginning of its patience. */
const online = (): void => {
  for (const place of byPlace.keys()) {
    for (const { key, state } of attachmentsIn(place)) {
      const job = jobs.get(key)
      if (!job || state !== 'interrupted') continue
      job.tries = 0
      resume(place, key)
    }
  }
}
window.addEventListener('online', online)

const limit = (): number => Number(client.settings.config.get().MaxFileSize) || 100 * 1024 * 1024

/** May files be attached at all? */
export const mayAttach = (channelId: string): boolean => {
  const teamId = client.channels.records.one(channelId)?.team_id ?? ''
  const isOn = client.settings.config.get().EnableFileAttachments !== 'false'
  return isOn && client.roles.permissions(teamId, channelId).get().has('upload_file')
}

/** Says what is wrong with files before they are sent; returns the good ones. */
const checked = (files: readonly File[], room: number): File[] => {
  const most = limit()
  const locale = language.get()
  const good: File[] = []
  for (const file of files) {
    if (file.size > most) {
      const values = { name: file.name, size: sizeText(file.size, locale), most: sizeText(most, locale) }
      notify('failed', say('uploads.tooLarge', values))
    } else if (file.size === 0) notify('failed', say('uploads.empty', { name: file.name }))
    else good.push(file)
  }
  if (good.length > room) notify('failed', say('uploads.tooMany', { most: MOST_FILES }))
  return good.slice(0, Math.max(0, room))
}

/** Pasted pictures have all the same name, so they get the time. */
const named = (file: File): File => {
  if (!/^image\.(png|jpe?g|gif|webp)$/i.test(file.name)) return file
  const now = new Date()
  const at = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString()
  const stem = say('uploads.picture')
  return new File(
    [file],
    `${stem} ${at.slice(0, 10)} ${at.slice(11, 19).replaceAll(':', '-')}.${file.name.split('.').at(-1)}`,
    {
      type: file.type,
    },
  )
}

/** Attaches files to what is written in a place, and begins to send them. */
export const attach = (place: string, files: readonly File[]): void => {
  const [channelId = ''] = place.split('/')
  if (!mayAttach(channelId)) {
    notify('failed', say('uploads.off'))
    return
  }
  const before = attachmentsIn(place)
  const added = checked(files.map(named), MOST_FILES - before.length).map((file): Attachment => {
    const key = `upload-${++last}`
    jobs.set(key, { file, tries: 0, resumable: {}, stop: new AbortController() })
    return {
      ...{ key, name: file.name, size: file.size, type: file.type, state: 'waiting', sent: 0 },
      ...(/^image\/(png|jpeg|gif|webp|avif|bmp)$/.test(file.type) && { preview: URL.createObjectURL(file) }),
    }
  })
  if (added.length === 0) return
  byPlace.set(place, [...before, ...added])
  begin()
}

const forget = ({ key, preview }: Attachment): void => {
  jobs.get(key)?.stop.abort()
  jobs.delete(key)
  if (preview) URL.revokeObjectURL(preview)
}

/** Takes one away; an upload that is under way ends. */
export const detach = (place: string, key: string): void => {
  const gone = attachmentsIn(place).find((each) => each.key === key)
  if (!gone) return
  forget(gone)
  batch(() => {
    byPlace.update(place, (all) => all.filter((each) => each !== gone))
    keepInDraft(place)
  })
  begin()
}

/** Tries one again that has failed. */
export const retry = (place: string, key: string): void => {
  const job = jobs.get(key)
  if (!job) return
  job.tries = 0
  job.stop = new AbortController()
  change(place, key, { state: 'waiting' })
  begin()
}

/** Empties a place after its message was sent. */
export const sent = (place: string): void => {
  for (const each of attachmentsIn(place)) forget(each)
  byPlace.delete(place)
}

/** Shows the files of a draft that came from another device or an earlier day. */
export const showFilesOf = (place: string, fileIds: readonly string[]): void => {
  const before = attachmentsIn(place)
  const known = new Set(before.flatMap(({ fileId }) => fileId ?? []))
  const isSame = known.size === fileIds.length && fileIds.every((id) => known.has(id))
  if (isSame) return
  const kept = before.filter(({ fileId }) => fileId === undefined || fileIds.includes(fileId))
  const added = fileIds
    .filter((id) => !known.has(id))
    .map((id): Attachment => ({ key: id, name: '', size: 0, type: '', state: 'done', sent: 0, fileId: id }))
  byPlace.set(place, [...kept, ...added])
}

client.myId.subscribe(() => {
  for (const place of byPlace.keys()) sent(place)
})
