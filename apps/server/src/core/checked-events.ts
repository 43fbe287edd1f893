/** Compares the data of events with the contract, JSON within JSON included: for tests and development. */
import { type EventName, events } from '@plausch/wire'
import type { TSchema } from 'typebox'
import type { Validator } from 'typebox/compile'
import { compiled } from './schemas.ts'

/** The fields of an event that hold JSON. */
const nestedIn = (event: EventName): [name: string, schema: TSchema][] =>
  Object.entries(events[event].properties as Record<string, { contentSchema?: TSchema }>).flatMap(
    ([name, { contentSchema }]): [string, TSchema][] => (contentSchema ? [[name, contentSchema]] : []),
  )

const complain = (what: string, validator: Validator, value: unknown): never => {
  const errors = JSON.stringify([...validator.Errors(value)].slice(0, 3))
  throw new Error(`${what} is not what the contract says: ${errors}`)
}

/** Throws if the data of an event is not what the contract says, or has more than that. */
export const checkEvent = (event: EventName, data: unknown): void => {
  const whole = compiled(events[event])
  if (!whole.Check(data)) complain(event, whole, data)
  const given = data as Record<string, unknown>
  const unknown = Object.keys(given).find((name) => !(name in events[event].properties))
  if (unknown !== undefined)
    throw new Error(`${event} has a part that the contract does not know: ${unknown}`)
  for (const [name, schema] of nestedIn(event)) {
    if (given[name] === undefined) continue
    const check = compiled(schema)
    const value: unknown = JSON.parse(String(given[name]))
    if (!check.Check(value)) complain(`${event}.${name}`, check, value)
  }
}
