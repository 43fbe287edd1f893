/** What was typed and not sent, per channel, kept on this device until it is sent or its writer signs out. */
import { Collection } from '../source.ts'
import type { Context } from './noun.ts'

type Kept = Record<string, string>

export const createDrafts = ({ me, storage }: Context) => {
  const byChannel = new Collection<string>()
  const key = (): string => `drafts/${me()}`

  const kept = (): Kept => {
    try {
      return JSON.parse(storage.get(key()) ?? '{}') as Kept
    } catch {
      return {}
    }
  }

  return {
    byChannel,
    read: (channelId: string): string => byChannel.one(channelId) ?? kept()[channelId] ?? '',
    write(channelId: string, text: string): void {
      byChannel.set(channelId, text)
      const { [channelId]: _, ...others } = kept()
      const all = text === '' ? others : { ...others, [channelId]: text }
      if (Object.keys(all).length === 0) storage.remove(key())
      else storage.set(key(), JSON.stringify(all))
    },
    /** Leaves nothing on the device: whoever signs in next must not read it. */
    forget(): void {
      byChannel.clear()
      storage.remove(key())
    },
    /** Forgets what is in memory; what is kept waits for the writer's return. */
    clear(): void {
      byChannel.clear()
    },
  }
}

export type Drafts = ReturnType<typeof createDrafts>
