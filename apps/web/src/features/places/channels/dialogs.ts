/** The dialogs of channels. */
import { dialog } from '../../../platform/dialogs.ts'

export const quickSwitcher = dialog(async () => (await import('./QuickSwitcher.tsx')).QuickSwitcher)
export const browseChannels = dialog(async () => (await import('./BrowseChannels.tsx')).BrowseChannels)
export const createChannel = dialog(async () => (await import('./CreateChannel.tsx')).CreateChannel)
export const newConversation = dialog(async () => (await import('./NewConversation.tsx')).NewConversation)
export const channelSettings = dialog(async () => (await import('./ChannelSettings.tsx')).ChannelSettings)
export const archiveChannel = dialog(async () => (await import('./ArchiveChannel.tsx')).ArchiveChannel)
