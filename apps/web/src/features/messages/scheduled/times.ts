/** The times that are offered for sending later, in the reader's time zone. */

const HOUR = 9

const at = (now: Date, days: number): number =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, HOUR).getTime()

/** Tomorrow and next Monday at nine; on Sundays these are the same day. */
export const offeredTimes = (now: Date): { name: 'tomorrow' | 'monday'; at: number }[] => {
  const toMonday = (8 - now.getDay()) % 7 || 7
  const monday = { name: 'monday' as const, at: at(now, toMonday) }
  return toMonday === 1 ? [monday] : [{ name: 'tomorrow', at: at(now, 1) }, monday]
}
