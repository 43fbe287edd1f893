/** Must the signed-in person accept the organisation's terms, for the first time or again? */
import { select } from '@plausch/client'
import { client } from '../../../platform/client.ts'

const DAY_MS = 24 * 60 * 60 * 1000

export const areTermsDue = select((read) => {
  const config = read(client.settings.config)
  const me = read(client.me)
  if (config.EnableCustomTermsOfService !== 'true' || !me) return false
  const current = config.CustomTermsOfServiceId ?? ''
  const mine = me.terms_of_service_id ?? ''
  if (current !== '' && mine !== current) return true
  const days = Number(config.CustomTermsOfServiceReAcceptancePeriod) || 0
  return days > 0 && Date.now() - (me.terms_of_service_create_at ?? 0) > days * DAY_MS
})
