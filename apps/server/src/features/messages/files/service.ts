import { type FileInfo, type files, type InputOf, isId } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { type Fields, isForm, readForm } from '../../../core/forms.ts'
import { atMost } from '../../../core/incoming.ts'
import { Streamed } from '../../../core/route.ts'
import { loosenBlobs } from '../../ground/storage/index.ts'
import { checkMaySendTo, signatureOf } from './access.ts'
import { filesErased } from './events.ts'
import { isShownInPlace } from './media-types.ts'
import { enterAlone, giveUp, type Received, receive } from './receive.ts'
import { keysOf, shownFile } from './records.ts'
import { tooLarge } from './rules.ts'
import { deleteFiles, deleteFilesOfPosts, type FileRow } from './store.ts'

const MOST_FILES = 50
/** The most file bytes that a form may send before it names its channel. */
const BEFORE_CHANNEL = 1024 * 1024

type Upload = InputOf<typeof files.upload>
type Sent = { channelId: string; received: Received[]; clientIds: readonly string[] }

const channelIn = (fields: Fields, { query }: Upload): string =>
  fields.get('channel_id')?.at(-1) ?? query.channel_id

const isIdOfChannel = (id: string): string => {
  if (!isId(id)) throw new Fault('api.context.invalid_body_param.app_error', { name: 'channel_id' })
  return id
}

const channelFirst = () => new Fault('files.channel_first', { max: BEFORE_CHANNEL })

/**
 * Reads a form. If the channel comes before the files, it is checked then; small files may also come first.
 */
const receiveForm = async (context: Context, input: Upload): Promise<Sent> => {
  const received: Received[] = []
  try {
    const fields = await readForm(input.body, MOST_FILES, async (file, before) => {
      const channelId = channelIn(before, input)
      if (channelId !== '') {
        await checkMaySendTo(context, isIdOfChannel(channelId))
        received.push(await receive(context, file.name, file.bytes))
        return
      }
      const taken = received.reduce((sum, { size }) => sum + size, 0)
      received.push(
        await receive(context, file.name, atMost(file.bytes, BEFORE_CHANNEL - taken, channelFirst)),
      )
    })
    if (received.length === 0) throw new Fault('files.none')
    const clientIds = fields.get('client_ids') ?? []
    if (clientIds.length > 0 && clientIds.length !== received.length)
      throw new Fault('api.context.invalid_body_param.app_error', { name: 'client_ids' })
    return { channelId: isIdOfChannel(channelIn(fields, input)), received, clientIds }
  } catch (error) {
    giveUp(context.server, received)
    throw error
  }
}

const receiveBytes = async (context: Context, { query, body }: Upload): Promise<Sent> => {
  const channelId = isIdOfChannel(query.channel_id)
  if (query.filename === '') throw new Fault('api.context.invalid_url_param.app_error', { name: 'filename' })
  const received = [await receive(context, query.filename, body.bytes)]
  return { channelId, received, clientIds: query.client_id === '' ? [] : [query.client_id] }
}

/** Takes files in a form, or one file as the body. Inserts all of them, or none. */
export const upload = async (context: Context, input: Upload) => {
  const { server } = context
  const most = server.settings().FileSettings.MaxFileSize
  const isMany = isForm(input.body)
  if (!isMany && (input.body.length ?? 0) > most) throw tooLarge(server)
  const { channelId, received, clientIds } = isMany
    ? await receiveForm(context, input)
    : await receiveBytes(context, input)
  const rows = await enterAlone(context, received, channelId)
  return { file_infos: rows.map(shownFile), client_ids: [...clientIds] }
}

/** The content security policy of a file: it may be played or displayed, and nothing else. */
const policy = (type: string) =>
  `default-src 'none'; img-src 'self'; media-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'` +
  // The PDF viewer of browsers does not work in a sandbox.
  (type === 'application/pdf' ? '' : '; sandbox')

const quoted = (name: string) => name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
const encoded = (name: string) => encodeURIComponent(name).replaceAll(/['()*]/g, escape)

type Part = { suffix: string; type: string; size: number; name: string }

/** Sends the bytes of a file, or of one of its views. */
const serve = (
  { server, head }: Context,
  file: FileRow,
  { suffix, type, size, name }: Part,
  download: boolean,
): Streamed => {
  const kind = !download && isShownInPlace(type) ? 'inline' : 'attachment'
  const key = `files/${file.id}${suffix}`
  head.header('content-disposition', `${kind}; filename="${quoted(name)}"; filename*=UTF-8''${encoded(name)}`)
  head.header('content-security-policy', policy(type))
  head.header('cache-control', 'private, no-cache')
  return new Streamed({
    size,
    type,
    etag: `"${file.id}${suffix}"`,
    open: (range) => server.blobs.get(key, range),
  })
}

type Asked = { query: { download?: boolean } }
type Found = { file: FileRow }

export const read = (context: Context, { query }: Asked, { file }: Found) =>
  serve(
    context,
    file,
    { suffix: '', type: file.mime_type, size: file.size, name: file.name },
    query.download ?? false,
  )

/** A file behind a public link may be embedded in pages of other sites. */
export const readPublic = (context: Context, input: Asked, found: Found) => {
  context.head.header('cross-origin-resource-policy', 'cross-origin')
  return read(context, input, found)
}

const nameOf = (file: FileRow, what: string, type: string) =>
  `${file.name}.${what}.${type === 'image/png' ? 'png' : 'jpg'}`

const view =
  (what: 'thumbnail' | 'preview') =>
  (context: Context, { query }: Asked, { file }: Found) => {
    const [type, size] =
      what === 'thumbnail'
        ? [file.thumbnail_type, file.thumbnail_size]
        : [file.preview_type, file.preview_size]
    if (type === '') throw new Fault('files.no_preview')
    const part = { suffix: `.${what}`, type, size, name: nameOf(file, what, type) }
    return serve(context, file, part, query.download ?? false)
  }

export const readThumbnail = view('thumbnail')
export const readPreview = view('preview')

export const info = (_context: Context, _input: unknown, { file }: Found): FileInfo => shownFile(file)

export const link = async (context: Context, _input: unknown, file: FileRow) => {
  const { ServiceSettings } = context.server.settings()
  const site = ServiceSettings.SiteURL || context.request.origin
  return { link: `${site}/files/${file.id}/public?h=${await signatureOf(context, file.id)}` }
}

const erase = async (context: Context, rows: readonly FileRow[]): Promise<void> => {
  if (rows.length === 0) return
  await context.emit(filesErased, { ids: rows.map((row) => row.id) })
  await loosenBlobs(
    context,
    rows.flatMap((row) => keysOf(row)),
  )
}

/**
 * In a transaction: deletes the files of posts with everything that leads to them. A job deletes the bytes
 * later.
 */
export const eraseFilesOfPosts = async (context: Context, postIds: readonly string[]): Promise<void> =>
  erase(context, await deleteFilesOfPosts(context.db, postIds))

export const eraseFiles = async (context: Context, ids: readonly string[]): Promise<void> =>
  erase(context, await deleteFiles(context.db, ids))
