/** Compares the data of events with the contract, JSON within JSON included: for tests and development. */
import { type EventName, events } from '@plausch/wire'
import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'

type Check = { whole: Validator; nested: [name: string, check: Validator][] }

const checks = new Map<EventName, Check>()

const checkOf = (event: EventName): Check => {
  const known = checks.get(event)
  if (known) return known
  const fields = Object.entries(events[event].properties as Record<string, { contentSchema?: TSchema }>)
  const nested = fields.flatMap(([name, { contentSchema }]): Check['nested'] =>
    contentSchema ? [[name, Compile(contentSchema)]] : [],
  )
  const check = { whole: Compile(events[event]), nested }
  checks.set(event, check)
  return check
}

const complain = (what: string, validator: Validator, value: unknown): never => {
  const errors = JSON.stringify([...validator.Errors(value)].slice(0, 3))
  throw new Error(`${what} is not what the contract says: ${errors}`)
}

/** Throws if the data of an event is not what the contract says, or has more than that. */
export const checkEvent = (event: EventName, data: unknown): void => {
  const { whole, nested } = checkOf(event)
  if (!whole.Check(data)) complain(event, whole, data)
  const given = data as Record<string, unknown>
  const unknown = Object.keys(given).find((name) => !(name in events[event].properties))
  if (unknown !== undefined)
    throw new Error(`${event} has a part that the contract does not know: ${unknown}`)
  for (const [name, check] of nested) {
    if (given[name] === undefined) continue
    const value: unknown = JSON.parse(String(given[name]))
    if (!check.Check(value)) complain(`${event}.${name}`, check, value)
  }
}
