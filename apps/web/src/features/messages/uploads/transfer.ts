/** Sends a file to the server: small ones at once, big ones in pieces that continue after an interruption. */
import { ApiFault, addressOf } from '@plausch/client'
import {
  type FileInfo,
  type FileUpload,
  files,
  type Operation,
  type UploadSession,
  uploads,
} from '@plausch/wire'
import { language } from '../../../i18n/language.ts'
import { client } from '../../../platform/client.ts'
import { csrf } from '../../../platform/session.ts'

/** Bigger files are sent in pieces. */
const BIG = 5 * 1024 * 1024
const PIECE = 8 * 1024 * 1024

export type Progress = (sentBytes: number) => void
type Sent = { status: number; text: string }

const messageOf = (text: string): { id?: string; message?: string } => {
  try {
    return JSON.parse(text) as { id?: string; message?: string }
  } catch {
    return {}
  }
}

/** `fetch` does not tell how far it is, so this is the older way. */
const send = (
  operation: Operation,
  address: string,
  body: Blob,
  progress: Progress,
  signal: AbortSignal,
): Promise<Sent> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const fail = (): void => reject(new ApiFault('client.offline', 0, ''))
    request.open(operation.method, address)
    request.setRequestHeader('X-Requested-With', 'XMLHttpRequest')
    request.setRequestHeader('X-CSRF-Token', csrf())
    request.setRequestHeader('Accept-Language', language.get())
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.upload.onprogress = ({ loaded }) => progress(loaded)
    request.onerror = fail
    request.ontimeout = fail
    request.onabort = () => reject(new DOMException('', 'AbortError'))
    request.onload = () => {
      const { status, responseText } = request
      if (status >= 200 && status < 300) return resolve({ status, text: responseText })
      const { id = 'client.unreadable', message = '' } = messageOf(responseText)
      reject(new ApiFault(id, status, message))
    }
    signal.addEventListener('abort', () => request.abort(), { once: true })
    if (signal.aborted) fail()
    else request.send(body)
  })

const sendWhole = async (
  file: File,
  channelId: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<FileInfo> => {
  const query = { channel_id: channelId, filename: file.name }
  const { text } = await send(files.upload, addressOf(files.upload, { query }), file, progress, signal)
  const [info] = (JSON.parse(text) as FileUpload).file_infos
  if (!info) throw new ApiFault('client.unreadable', 201, '')
  return info
}

/** Continues where the server is: it may have more than it could confirm. */
const sendRest = async (
  file: File,
  session: UploadSession,
  progress: Progress,
  signal: AbortSignal,
): Promise<FileInfo> => {
  const params = { upload_id: session.id }
  const address = addressOf(uploads.send, { params })
  for (let from = session.file_offset; ; ) {
    const to = Math.min(file.size, from + PIECE)
    const start = from
    const { status, text } = await send(
      uploads.send,
      address,
      file.slice(from, to),
      (sent) => progress(start + sent),
      signal,
    )
    if (status !== 204 && text !== '') return JSON.parse(text) as FileInfo
    from = to
    if (from >= file.size) throw new ApiFault('client.unreadable', status, '')
  }
}

/** An upload that can be continued; `session` is empty until a big file has begun. */
export type Resumable = { session?: UploadSession | undefined }

export const sendFile = async (
  file: File,
  channelId: string,
  resumable: Resumable,
  progress: Progress,
  signal: AbortSignal,
): Promise<FileInfo> => {
  if (file.size <= BIG) return await sendWhole(file, channelId, progress, signal)
  if (resumable.session) {
    try {
      const params = { upload_id: resumable.session.id }
      resumable.session = await client.call(uploads.get, { params })
    } catch (fault) {
      // The server forgets unfinished uploads after a day.
      if (!(fault instanceof ApiFault && fault.status === 404)) throw fault
      resumable.session = undefined
    }
  }
  resumable.session ??= await client.call(uploads.create, {
    body: { channel_id: channelId, filename: file.name, file_size: file.size, type: 'attachment' },
  })
  return await sendRest(file, resumable.session, progress, signal)
}
