/**
 * Writes the API reference as OpenAPI 3.1, from the route tables and the contract. The comments of the
 * contract are the descriptions, so each text exists once.
 */
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Row } from '@plausch/server/core/route.ts'
import { isStreamed, type Operation } from '@plausch/wire'

const root = join(import.meta.dirname, '..')
const contract = 'packages/wire/src'

type Schema = Record<string, unknown>

const oneLine = (comment: string) => comment.replaceAll(/\s*\n\s*\*?\s*/g, ' ').trim()

const leading = /^\/\*\*((?:(?!\*\/)[\s\S])*)\*\//
const above = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*\n\s*(?:export const )?(\w+)(?:\s*=|:)/g

type Comments = { nouns: Map<string, string>; names: Map<string, string> }

const contractFiles = async () =>
  (await readdir(join(root, contract), { recursive: true })).filter((each) => each.endsWith('.ts')).sort()

/** The comment of each file, and those above records (by name) and operations (`noun.verb`). */
const readComments = async (): Promise<Comments> => {
  const [nouns, names] = [new Map<string, string>(), new Map<string, string>()]
  for (const file of await contractFiles()) {
    const text = await readFile(join(root, contract, file), 'utf8')
    const noun = basename(file, '.ts')
    const first = leading.exec(text)
    if (first?.[1]) nouns.set(noun, oneLine(first[1]))
    for (const [, comment = '', name = ''] of text.matchAll(above)) {
      names.set(/^[A-Z]/.test(name) ? name : `${noun}.${name}`, oneLine(comment))
    }
  }
  return { nouns, names }
}

/** Records with a name, so that each is described once. */
const namedRecords = (wire: Record<string, unknown>): Map<string, string> =>
  new Map(
    Object.entries(wire)
      .filter(([name, value]) => /^[A-Z]/.test(name) && (value as Schema | null)?.type === 'object')
      .map(([name, value]) => [JSON.stringify(value), name]),
  )

/** A schema as plain JSON, named records as references. */
const plain = (schema: unknown, records: ReadonlyMap<string, string>, isRecord = false): unknown => {
  if (Array.isArray(schema)) return schema.map((each) => plain(each, records))
  if (typeof schema !== 'object' || schema === null) return schema
  const name = isRecord ? undefined : records.get(JSON.stringify(schema))
  if (name) return { $ref: `#/components/schemas/${name}` }
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, plain(value, records)]))
}

const FAULT = { $ref: '#/components/responses/Fault' }

const inputsOf = ({ path, query = {} }: Operation, records: ReadonlyMap<string, string>) => [
  ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  })),
  ...Object.entries(query).map(([name, { schema }]) => ({
    name,
    in: 'query',
    schema: plain(schema, records),
  })),
]

/** Files are sent as they are, or in a form. */
const streamed = {
  'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
  'multipart/form-data': { schema: { type: 'object' } },
}

const described = ({ operation, route }: Row, records: ReadonlyMap<string, string>, { names }: Comments) => {
  const json = (schema: unknown) => ({ 'application/json': { schema: plain(schema, records) } })
  const description = names.get(operation.id)
  const parameters = inputsOf(operation, records)
  const reply = operation.reply ? json(operation.reply) : { [operation.type ?? 'application/json']: {} }
  return {
    operationId: operation.id,
    tags: [nounOf(operation)],
    ...(description && { description }),
    ...(route.isOpen && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(operation.body && {
      requestBody: { required: true, content: isStreamed(operation) ? streamed : json(operation.body) },
    }),
    responses: { [operation.status ?? 200]: { description: 'Done.', content: reply }, default: FAULT },
  }
}

const nounOf = ({ id }: Operation): string => id.split('.')[0] ?? ''

const fault = {
  description: 'Every refusal. The message is in the language of who asks.',
  type: 'object',
  required: ['id', 'message', 'detailed_error', 'request_id', 'status_code'],
  properties: {
    id: { type: 'string' },
    message: { type: 'string' },
    detailed_error: { type: 'string' },
    request_id: { type: 'string' },
    status_code: { type: 'integer' },
  },
}

/** The document by its path from the root of the repository. */
export const generate = async (): Promise<Record<string, string>> => {
  const wire: Record<string, unknown> = await import('../packages/wire/src/index.ts')
  const { features } = await import('../apps/server/src/features/index.ts')
  const comments = await readComments()
  const records = namedRecords(wire)
  const rows = features.flatMap((feature) => feature.routes ?? [])
  const paths: Record<string, Record<string, unknown>> = {}
  for (const row of rows) {
    const { path, method } = row.operation
    paths[path] = { ...paths[path], [method.toLowerCase()]: described(row, records, comments) }
  }
  const schemas = [...records.values()].sort().map((name) => {
    const description = comments.names.get(name)
    return [name, { ...(description && { description }), ...(plain(wire[name], records, true) as Schema) }]
  })
  const tags = [...new Set(rows.map((row) => nounOf(row.operation)))]
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Plausch',
      version: '0.1.0',
      description:
        "Mattermost's API v4 as this server serves it, and what that cannot say, below /api/plausch.",
    },
    security: [{ token: [] }, { cookie: [] }],
    tags: tags.map((name) => ({ name, description: comments.nouns.get(name) ?? '' })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'MMAUTHTOKEN' },
      },
      responses: {
        Fault: {
          description: 'Refused; nothing was changed.',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Fault' } } },
        },
      },
      schemas: { Fault: fault, ...Object.fromEntries(schemas) },
    },
  }
  return { 'docs/reference/openapi.json': `${JSON.stringify(document, null, 1)}\n` }
}
