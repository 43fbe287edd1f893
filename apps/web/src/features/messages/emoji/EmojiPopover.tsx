import { useText } from '../../../i18n/text.ts'
import { AnchoredPopover } from '../../../ui/Popover.tsx'
import { EmojiPicker } from './EmojiPicker.tsx'

type EmojiPopoverProps = {
  anchor: Element
  choose(name: string): void
  close(): void
}

/** The picker beside an element. */
export const EmojiPopover = ({ anchor, choose, close }: EmojiPopoverProps) => {
  const say = useText()
  return (
    <AnchoredPopover label={say('emoji.picker')} anchor={anchor} placement="bottom end" onClose={close}>
      <EmojiPicker
        leave={close}
        choose={(name) => {
          close()
          choose(name)
        }}
      />
    </AnchoredPopover>
  )
}
