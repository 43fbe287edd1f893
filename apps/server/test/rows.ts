/** The route tables as data, and requests generated from them. */
import { isStreamed, type Operation } from '@plausch/wire'
import { actionsOf } from '../src/core/action.ts'
import type { Row } from '../src/core/route.ts'
import { features } from '../src/features/index.ts'

export const rows: readonly Row[] = features.flatMap((feature) => feature.routes ?? [])

export const operationNamed = (id: string): Operation => {
  const row = rows.find(({ operation }) => operation.id === id)
  if (!row) throw new Error(`there is no operation ${id}`)
  return row.operation
}

/** Does this operation take a record as its body? Files are not sampled: their tests send real ones. */
export const takesRecord = (operation: Operation): boolean =>
  operation.body !== undefined && !isStreamed(operation)

/** Does a reply of this operation have a body? */
export const answersInWords = ({ method }: Operation): boolean => method !== 'HEAD'

/** The names of the parameters in a path. */
export const paramsOf = (operation: Operation): string[] =>
  [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')

export const addressOf = (operation: Operation, params: Record<string, string>): string =>
  operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))

/** A valid id that does not exist. */
export const NOBODY = 'nothing1nothing1nothing1no'

export type Schema = {
  type?: string
  pattern?: string
  minLength?: number
  minItems?: number
  const?: unknown
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  minimum?: number
}

/** The smallest value that fits a schema: ids that do not exist, the shortest texts. */
export const sampleOf = (schema: Schema): unknown => {
  if (schema.const !== undefined) return schema.const
  if (schema.anyOf) return sampleOf(schema.anyOf[0] ?? {})
  if (schema.type === 'array')
    return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}))
  if (schema.type === 'object') {
    return Object.fromEntries(
      (schema.required ?? []).map((name) => [name, sampleOf(schema.properties?.[name] ?? {})]),
    )
  }
  if (schema.type === 'string') {
    if (schema.pattern?.includes('{26}')) return schema.pattern.includes('?') ? '' : NOBODY
    return 'x'.repeat(schema.minLength ?? 1)
  }
  if (schema.type === 'boolean') return false
  if (schema.type === 'integer') return schema.minimum ?? 0
  return {}
}

/** The socket actions by name. */
export const actionRows = actionsOf(features.flatMap((feature) => feature.actions ?? []))

/** A frame with every property that the contract of the action names. */
export const fullSampleOf = (schema: { properties?: Record<string, Schema> }): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, part]) => [
      name,
      // An optional id gets a value here.
      part.pattern?.includes('{26}') || name.endsWith('_id') ? NOBODY : sampleOf(part),
    ]),
  )
