/** What an operation sends after its commit: its effects and events, in memory and as JSON. */
import type { EventName } from '@plausch/wire'
import type { ChannelOrder } from './channel-order.ts'
import { isDroppable } from './frames.ts'
import type { Audience, Hub } from './hub.ts'
import type { Effects, Json, Published, Told } from './server.ts'

/**
 * The channels that an operation has changed: an operation that changes what others see in a channel
 * publishes an event there.
 */
export const channelsOf = ({ events }: Pick<Told, 'events'>): string[] =>
  events.flatMap(({ event, audience }) =>
    audience.channel !== undefined && !isDroppable(event) ? [audience.channel] : [],
  )

/** Takes the places of the events in their channels; returns what they must wait for. */
export const turnsOf = (order: ChannelOrder, told: Pick<Told, 'events'>): Promise<void>[] => [
  ...told.events.flatMap(({ audience: { channel, position } }) =>
    channel !== undefined && position ? (order.take(channel, position) ?? []) : [],
  ),
  ...[...new Set(channelsOf(told))].flatMap((channel) => order.take(channel) ?? []),
]

export const publishEvents = (hub: Hub, events: readonly Published[]): void => {
  for (const { event, data, audience } of events) hub.publish(event, data as never, audience)
}

/** Sets and maps become lists. */
type WrittenAudience = Omit<Audience, 'extra' | 'acknowledge'> & {
  extra?: [string, object][]
  acknowledge?: string[]
}

export type Written = {
  effects: [name: string, data: Json][]
  events: { event: EventName; data: object; audience: WrittenAudience }[]
  stamp: number
}

const writtenAudience = ({ extra, acknowledge, ...plain }: Audience): WrittenAudience => ({
  ...plain,
  ...(extra && { extra: [...extra] }),
  ...(acknowledge && { acknowledge: [...acknowledge] }),
})

const readAudience = ({ extra, acknowledge, ...plain }: WrittenAudience): Audience => ({
  ...plain,
  ...(extra && { extra: new Map(extra) }),
  ...(acknowledge && { acknowledge: new Set(acknowledge) }),
})

/** As JSON. For other servers, without the data of secret effects. */
export const written = ({ effects, events, stamp }: Told, isForOthers: boolean): Written => ({
  effects: effects.map(({ effect, data }) => [effect.name, isForOthers && effect.isSecret ? null : data]),
  events: events.map(({ event, data, audience }) => ({ event, data, audience: writtenAudience(audience) })),
  stamp,
})

/**
 * Reads what was written, with the effects of this server. Unknown effects of a newer version are left out.
 */
export const readTold = (known: Effects, { effects, events, stamp }: Written): Told => ({
  effects: effects.flatMap(([name, data]) => {
    const effect = known.get(name)
    return effect ? [{ effect, data }] : []
  }),
  events: events.map(({ event, data, audience }) => ({ event, data, audience: readAudience(audience) })),
  stamp,
})

/** For tests: data that JSON cannot carry is not applied here either. */
export const throughJson = (known: Effects, told: Told): Told =>
  readTold(known, JSON.parse(JSON.stringify(written(told, false))) as Written)
