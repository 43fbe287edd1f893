/** Compares the data of events, including JSON inside JSON, with the contract: for tests and development. */
import { type EventName, events } from '@plausch/wire'
import type { TSchema } from 'typebox'
import { checkStrictly } from './strict.ts'

/** The fields of an event that hold JSON. */
const nestedIn = (event: EventName): [name: string, schema: TSchema][] =>
  Object.entries(events[event].properties as Record<string, { contentSchema?: TSchema }>).flatMap(
    ([name, { contentSchema }]): [string, TSchema][] => (contentSchema ? [[name, contentSchema]] : []),
  )

/**
 * Throws if the data of an event does not match the contract, or has keys that the contract does not name.
 */
export const checkEvent = (event: EventName, data: unknown): void => {
  const given = JSON.parse(JSON.stringify(data)) as Record<string, unknown>
  checkStrictly(event, events[event], given)
  for (const [name, schema] of nestedIn(event)) {
    if (given[name] === undefined) continue
    checkStrictly(`${event}.${name}`, schema, JSON.parse(String(given[name])))
  }
}
