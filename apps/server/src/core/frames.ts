/**
 * Frames of the socket. An event is encoded once; what differs per connection is only its number, so a frame is a shared buffer and a short
 * tail. Layout: RFC 6455, section 5.2, unmasked text.
 */
import type { Broadcast, EventData, EventName } from '@plausch/wire'

/** An encoded event, complete but for its number and the closing brace. */
export type Encoded = {
  body: Buffer
  event: EventName
  /** May be left out for a connection that lags: the next one of its kind makes it good. */
  droppable: boolean
}

const droppables = new Set<EventName>(['typing', 'status_change', 'multiple_channels_viewed'])

export const nobody: Broadcast = {
  omit_users: null,
  user_id: '',
  channel_id: '',
  team_id: '',
  connection_id: '',
  omit_connection_id: '',
}

/** Encodes an event for any number of connections. */
export const encode = <E extends EventName>(event: E, data: EventData<E>, broadcast: Broadcast): Encoded => ({
  body: Buffer.from(
    `{"event":"${event}","data":${JSON.stringify(data)},"broadcast":${JSON.stringify(broadcast)},"seq":`,
  ),
  event,
  droppable: droppables.has(event),
})

const FIN_TEXT = 0x81

const header = (length: number): Buffer => {
  if (length < 126) return Buffer.from([FIN_TEXT, length])
  if (length < 65_536) return Buffer.from([FIN_TEXT, 126, length >> 8, length & 255])
  const bytes = Buffer.alloc(10)
  bytes[0] = FIN_TEXT
  bytes[1] = 127
  bytes.writeUIntBE(length, 4, 6)
  return bytes
}

/** The pieces of a numbered event frame; together they are one WebSocket message. */
export const numbered = (encoded: Encoded, seq: number): [Buffer, Buffer, Buffer] => {
  const tail = Buffer.from(`${seq}}`, 'latin1')
  return [header(encoded.body.length + tail.length), encoded.body, tail]
}

/** The pieces of any other text message. */
export const textFrame = (text: string): [Buffer, Buffer] => {
  const body = Buffer.from(text)
  return [header(body.length), body]
}
