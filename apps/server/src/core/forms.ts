/**
 * Reads forms with files (`multipart/form-data`) as they arrive: each file is passed on while it comes in.
 */
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import type { Incoming } from '@plausch/wire'
import { Fault } from './faults.ts'

/** The text fields of a form, in order. */
export type Fields = ReadonlyMap<string, readonly string[]>

export type FormFile = {
  field: string
  /** As the client sent it: it may be anything. */
  name: string
  bytes: AsyncIterable<Uint8Array>
}

export const isForm = ({ type }: Incoming): boolean => /^multipart\/form-data\s*;/i.test(type)

const LIMITS = { fieldNameSize: 100, fieldSize: 65_536, fields: 100, headerPairs: 50, headerSize: 16_384 }

const unreadable = (cause?: unknown) =>
  new Fault('api.context.invalid_body_param.app_error', { name: 'multipart/form-data' }, cause)

const parserOf = async ({ type }: Incoming, mostFiles: number) => {
  const { Busboy } = await import('@fastify/busboy')
  try {
    return new Busboy({
      headers: { 'content-type': type },
      limits: { ...LIMITS, files: mostFiles, parts: mostFiles + LIMITS.fields },
    })
  } catch (error) {
    throw unreadable(error)
  }
}

/**
 * Reads a form. Calls `take` with its files one after the other, and with the fields that came before each.
 * Throws what `take` throws, after all of its work has ended.
 */
export const readForm = async (
  incoming: Incoming,
  mostFiles: number,
  take: (file: FormFile, fields: Fields) => Promise<void>,
): Promise<Fields> => {
  const parser = await parserOf(incoming, mostFiles)
  const fields = new Map<string, string[]>()
  const open = new Set<Readable>()
  let failure: unknown
  let taking: Promise<void> = Promise.resolve()

  const fail = (error: unknown) => {
    failure ??= error
    for (const stream of open) stream.destroy(error instanceof Error ? error : unreadable(error))
    parser.destroy()
  }
  for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) {
    parser.on(limit, () => fail(unreadable(limit)))
  }
  parser.on('error', (error) => fail(unreadable(error)))
  parser.on('field', (name, value, isNameCut, isValueCut) => {
    if (isNameCut || isValueCut || value.includes('\0')) return fail(unreadable('field'))
    fields.set(name, [...(fields.get(name) ?? []), value.toWellFormed()])
  })
  parser.on('file', (field, stream, name) => {
    open.add(stream)
    stream.on('error', () => undefined)
    taking = taking
      .then(() => {
        if (failure !== undefined) throw failure
        return take({ field, name: name ?? '', bytes: stream }, fields)
      })
      .then(() => {
        // The form after this file would never arrive.
        if (!stream.readableEnded) throw new Error('a file of a form was not read to its end')
      })
      .catch(fail)
      .finally(() => open.delete(stream))
  })

  const ended = once(parser, 'close').catch(() => undefined)
  const finished = Promise.race([once(parser, 'finish'), ended]).catch(() => undefined)
  try {
    for await (const bytes of incoming.bytes) {
      if (failure !== undefined) break
      if (!parser.write(bytes)) await Promise.race([once(parser, 'drain'), ended])
    }
    if (failure === undefined) {
      parser.end()
      await finished
    }
  } catch (error) {
    fail(error)
  }
  await taking
  if (failure !== undefined) throw failure
  return fields
}

/** The bytes of a small file in a form, as text. Throws if the body is no form, or has no such file. */
export const smallFileIn = async (body: Incoming, field: string, mostBytes: number): Promise<string> => {
  if (!isForm(body)) throw new Fault('api.admin.add_certificate.parseform.app_error')
  const parts: Uint8Array[] = []
  let isThere = false
  await readForm(body, 1, async (file) => {
    let length = 0
    for await (const part of file.bytes) {
      length += part.length
      if (length > mostBytes) throw new Fault('api.admin.add_certificate.saving.app_error')
      if (file.field === field) parts.push(part)
    }
    isThere ||= file.field === field
  })
  if (!isThere) throw new Fault('api.admin.add_certificate.no_file.app_error')
  return Buffer.concat(parts).toString('utf8')
}
