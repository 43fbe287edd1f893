/**
 * Buttons and menus of integrations, and the dialogs that integrations open after a press or a command. A
 * dialog opens only in the client that pressed: the server gives both the same trigger, in any order.
 */
import { type OpenDialogRequest, interactions as operations, type Post } from '@plausch/wire'
import { Value } from '../source.ts'
import type { Context, Noun } from './noun.ts'

/** A dialog to fill in, and the channel in which the person pressed. */
export type OpenedDialog = OpenDialogRequest & { channelId: string }

/** So many triggers are remembered; a person does not press faster. */
const MOST = 50

export const createInteractions = ({ call }: Context) => {
  const opened = new Value<OpenedDialog | undefined>(undefined)
  /** Triggers of this client, with the channel. */
  const mine = new Map<string, string>()
  /** Dialogs whose trigger is not known to be this client's yet. */
  const early = new Map<string, OpenDialogRequest>()

  const remember = <T>(map: Map<string, T>, key: string, value: T): void => {
    map.set(key, value)
    for (const old of map.keys()) if (map.size > MOST) map.delete(old)
  }
  const open = (request: OpenDialogRequest, channelId: string): void => opened.set({ ...request, channelId })

  /** This client caused a trigger in a channel: by a press, or by a command. */
  const expect = (triggerId: string, channelId: string): void => {
    if (triggerId === '') return
    const request = early.get(triggerId)
    early.delete(triggerId)
    if (request) open(request, channelId)
    else remember(mine, triggerId, channelId)
  }

  const noun: Noun = {
    on: {
      open_dialog: ({ dialog: request }) => {
        const channelId = mine.get(request.trigger_id)
        if (channelId === undefined) return remember(early, request.trigger_id, request)
        mine.delete(request.trigger_id)
        open(request, channelId)
      },
    },
    load: () => undefined,
    clear() {
      mine.clear()
      early.clear()
      opened.set(undefined)
    },
  }

  return {
    ...noun,
    /** The last dialog that an integration opened. */
    opened,
    expect,
    /** Presses a button, or chooses `option` of a menu. `cookie` comes from an action of an ephemeral post. */
    async press(post: Post, action: string, { option = '', cookie = '' } = {}): Promise<void> {
      const body = { selected_option: option, ...(cookie !== '' && { cookie }) }
      const { trigger_id } = await call(operations.press, { params: { post_id: post.id, action }, body })
      expect(trigger_id, post.channel_id)
    },
  }
}

export type Interactions = ReturnType<typeof createInteractions>
