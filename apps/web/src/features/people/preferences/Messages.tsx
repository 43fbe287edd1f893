import { useSource } from '../../../browser/use-source.ts'
import { choices } from '../../../platform/choices.ts'
import { client } from '../../../platform/client.ts'
import { AccountOptions, AccountSwitch } from '../../../platform/settings/Rows.tsx'

/** How messages are shown and written. */
export const Messages = () => {
  const config = useSource(client.settings.config)
  // The organisation decides whether people may choose.
  const mayCollapse = config.CollapsedThreads === 'default_on' || config.CollapsedThreads === 'default_off'
  const isCollapsed = config.CollapsedThreads === 'default_on'
  return (
    <>
      <AccountOptions
        label="opensAt.label"
        of={choices.opensAt}
        options={[
          { value: 'start_from_left_off', label: 'opensAt.leftOff' },
          { value: 'start_from_newest', label: 'opensAt.newest' },
        ]}
      />
      {mayCollapse && (
        <AccountSwitch
          label="replies.label"
          hint="replies.hint"
          of={{ ...choices.collapsedReplies, usual: isCollapsed ? 'on' : 'off' }}
          values={['on', 'off']}
        />
      )}
      {config.EnableLinkPreviews !== 'false' && (
        <AccountSwitch label="previews.label" of={choices.linkPreviews} />
      )}
      <AccountSwitch label="pictures.label" of={choices.foldsPictures} values={['false', 'true']} />
      <AccountSwitch label="ctrlEnter.label" hint="ctrlEnter.hint" of={choices.sendsOnCtrlEnter} />
      {config.EnableUserTypingMessages !== 'false' && (
        <AccountSwitch label="typing.label" of={choices.showsTyping} />
      )}
      <AccountSwitch label="joinLeave.label" of={choices.showsJoinLeave} />
    </>
  )
}
