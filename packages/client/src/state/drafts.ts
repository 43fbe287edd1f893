/** What was typed and not sent, per channel, kept on this device. */
import { Collection } from '../source.ts'
import type { Context } from './noun.ts'

export const createDrafts = ({ me, storage }: Context) => {
  const byChannel = new Collection<string>()
  const keyOf = (channelId: string): string => `draft/${me()}/${channelId}`

  return {
    byChannel,
    read(channelId: string): string {
      return byChannel.one(channelId) ?? storage.get(keyOf(channelId)) ?? ''
    },
    write(channelId: string, text: string): void {
      byChannel.set(channelId, text)
      if (text === '') storage.remove(keyOf(channelId))
      else storage.set(keyOf(channelId), text)
    },
    clear(): void {
      byChannel.clear()
    },
  }
}

export type Drafts = ReturnType<typeof createDrafts>
