/** Dialogs of channels; those that only actions open are in `rest.ts`. */
import { dialog } from '../../../platform/dialogs.ts'
import { loadRest } from '../../../platform/feature.ts'

export const quickSwitcher = dialog(async () => {
  const [{ QuickSwitcher }] = await Promise.all([import('./QuickSwitcher.tsx'), loadRest()])
  return QuickSwitcher
})
export const browseChannels = dialog(async () => (await import('./BrowseChannels.tsx')).BrowseChannels)
export const createChannel = dialog(async () => (await import('./CreateChannel.tsx')).CreateChannel)
export const newConversation = dialog(async () => (await import('./NewConversation.tsx')).NewConversation)
