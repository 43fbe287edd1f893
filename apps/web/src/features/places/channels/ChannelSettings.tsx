import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { AboutTab } from './AboutTab.tsx'
import { GroupsTab } from './GroupsTab.tsx'
import { groupsConcern } from './group-rights.ts'
import { loadAdmins } from './holders.ts'
import { ManageTab } from './ManageTab.tsx'
import { ModerationTab } from './ModerationTab.tsx'
import { isConversation } from './rights.ts'

type Tab = 'about' | 'moderation' | 'groups' | 'manage'
type ChannelSettingsProps = { channelId: string; close(): void }

/** Everything that can be changed in a channel. What one may not change says who can. */
export const ChannelSettings = ({ channelId, close }: ChannelSettingsProps) => {
  const say = useText()
  const channel = useSource(client.channels.described(channelId))
  const name = useSource(channelName(channelId))
  const [tab, setTab] = useState<Tab>('about')
  const hasGroups = useSource(groupsConcern(channelId))
  const isKnown = channel !== undefined

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, not with every new message
  useEffect(() => {
    if (channel) loadAdmins(channel)
  }, [channelId, isKnown])

  if (!channel) return null
  const tabs: readonly { id: Tab; label: string }[] = [
    { id: 'about', label: say('channel.about') },
    ...(isConversation(channel) ? [] : [{ id: 'moderation' as Tab, label: say('moderation.title') }]),
    ...(hasGroups ? [{ id: 'groups' as Tab, label: say('groupLinks.tab') }] : []),
    { id: 'manage', label: say('channel.manage') },
  ]
  return (
    <Dialog title={say('channel.settingsOf', { name })} size="large" onClose={close}>
      <Tabs label={say('channel.settings')} tabs={tabs} chosen={tab} onChange={(id) => setTab(id)}>
        {tab === 'about' && <AboutTab channel={channel} close={close} />}
        {tab === 'moderation' && <ModerationTab channel={channel} />}
        {tab === 'groups' && <GroupsTab channel={channel} />}
        {tab === 'manage' && <ManageTab channel={channel} close={close} />}
      </Tabs>
    </Dialog>
  )
}
