/** The API reference as a page for people: plain HTML, made from the OpenAPI document. */

import { escaped } from './core/html.ts'

type Schema = {
  $ref?: string
  type?: string
  const?: unknown
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  patternProperties?: Record<string, Schema>
  required?: string[]
  description?: string
  [rule: string]: unknown
}

type Content = Record<string, { schema?: Schema }>

type Described = {
  operationId: string
  tags: string[]
  description?: string
  security?: unknown[]
  parameters?: { name: string; in: string; schema: Schema }[]
  requestBody?: { content: Content }
  responses: Record<string, { content?: Content }>
}

/** The parts of an OpenAPI document that the page shows. */
export type OpenApi = {
  info: { title: string; version: string; description: string }
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Schema> }
}

/** Constraints shown beside a type, such as lengths. */
const rulesOf = ({
  minimum,
  maximum,
  minLength,
  maxLength,
  minItems,
  maxItems,
  default: byDefault,
}: Schema): string =>
  Object.entries({ minimum, maximum, minLength, maxLength, minItems, maxItems, default: byDefault })
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(', ')

const shape = (schema: Schema | undefined): string => {
  if (!schema) return ''
  if (schema.$ref) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
    return `<a href="#record-${name}">${name}</a>`
  }
  if (schema.const !== undefined) return escaped(JSON.stringify(schema.const))
  if (schema.anyOf) return schema.anyOf.map(shape).join(' | ')
  if (schema.type === 'array') return `[${shape(schema.items)}]`
  if (schema.properties) return fields(schema)
  if (schema.patternProperties)
    return `{ … : ${Object.values(schema.patternProperties).map(shape).join(' | ')} }`
  return escaped(schema.type ?? 'any')
}

const fields = (schema: Schema): string => {
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const isOptional = !schema.required?.includes(name)
    return `<tr><td><code>${escaped(name)}${isOptional ? '?' : ''}</code><td>${shape(field)}<td>${escaped(rulesOf(field))}`
  })
  return `<table>${rows.join('')}</table>`
}

const bodyOf = (content: Content | undefined): string =>
  Object.entries(content ?? {})
    .map(([type, { schema }]) => (schema ? shape(schema) : escaped(type)))
    .join(' | ')

const operationOf = (path: string, method: string, operation: Described): string => {
  const [status = '200'] = Object.keys(operation.responses)
  const parameters = (operation.parameters ?? []).map(
    (each) =>
      `<tr><td><code>${escaped(each.name)}</code><td>${each.in}: ${shape(each.schema)}<td>${escaped(rulesOf(each.schema))}`,
  )
  return [
    `<details id="${operation.operationId}"><summary><b>${method.toUpperCase()}</b> <code>${escaped(path)}</code> `,
    `<small>${operation.operationId}</small></summary>`,
    operation.description ? `<p>${escaped(operation.description)}</p>` : '',
    operation.security?.length === 0 ? '<p>Also without signing in.</p>' : '',
    parameters.length > 0 ? `<table>${parameters.join('')}</table>` : '',
    operation.requestBody ? `<h4>takes</h4>${bodyOf(operation.requestBody.content)}` : '',
    `<h4>answers ${status}</h4>${bodyOf(operation.responses[status]?.content)}`,
    '</details>',
  ].join('')
}

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:60rem;margin:2rem auto;padding:0 1rem}
code{font-family:ui-monospace,monospace}summary{overflow-wrap:anywhere}small{opacity:.7}table{border-collapse:collapse;margin:.4rem 0}td{padding:.15rem .8rem .15rem 0;vertical-align:top}
details{border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent);padding:.3rem 0}summary{cursor:pointer}h4{margin:.6rem 0 .2rem}
nav a{margin-right:.8rem}`

/** The whole page. It loads nothing from other sites. */
export const referencePage = ({ info, tags, paths, components }: OpenApi): string => {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const sections = tags.map(({ name, description }) => {
    const mine = all.filter(({ operation }) => operation.tags.includes(name))
    const list = mine.map((each) => operationOf(each.path, each.method, each.operation)).join('')
    return `<section><h2 id="${name}">${name}</h2><p>${escaped(description)}</p>${list}</section>`
  })
  const records = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<section><h3 id="record-${name}">${name}</h3><p>${escaped(schema.description ?? '')}</p>${shape(schema)}</section>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${info.title} API</title><style>${style}</style></head><body><main><h1>${info.title} API ${info.version}</h1>
<p>${escaped(info.description)} For programs: <a href="/api/plausch/openapi.json">openapi.json</a>.</p>
<nav>${tags.map(({ name }) => `<a href="#${name}">${name}</a>`).join('')}</nav>
${sections.join('\n')}<h2>Records</h2>${records.join('\n')}</main></body></html>`
}
