import type { CustomEmoji } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Confirm } from '../../../ui/Confirm.tsx'
import { EmojiSign } from './EmojiSign.tsx'
import { forgetUse } from './recent.ts'

type DeleteEmojiProps = { emoji: CustomEmoji; close(): void }

/** Asks before a custom emoji is gone for everybody. */
export const DeleteEmoji = ({ emoji, close }: DeleteEmojiProps) => {
  const say = useText()
  const run = async (): Promise<void> => {
    await client.emoji.remove(emoji)
    forgetUse(emoji.name)
  }
  return (
    <Confirm
      title={say('emoji.deleteTitle', { name: emoji.name })}
      lead={say('emoji.deleteLead', { name: emoji.name })}
      action={say('emoji.deleteSubmit')}
      isDanger
      run={run}
      onClose={close}
    >
      <p>
        <EmojiSign name={emoji.name} />
      </p>
    </Confirm>
  )
}
