import { after } from '../../../core/facts.ts'
import { settingsChanged } from '../../ground/settings/index.ts'
import { announceGuestsGone } from './events.ts'
import { deactivateGuests } from './guests.ts'

export const listeners = [
  after(settingsChanged, async (context, { names }) => {
    const isOn = context.server.settings().GuestAccountsSettings.Enable
    if (isOn || !names.includes('GuestAccountsSettings.Enable')) return
    if (await deactivateGuests(context)) announceGuestsGone(context)
    else await context.emit(settingsChanged, { names: ['GuestAccountsSettings.Enable'] })
  }),
]
