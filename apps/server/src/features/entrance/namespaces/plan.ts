/** What is to be done with each entry of a namespace. Pure: preview and passes read the same plan. */
import type { NamespacePlace } from '@plausch/wire'
import type { Candidate } from './rule.ts'
import type { NamespaceRow, Occupant, OwnPlace, PlaceRow } from './store.ts'

export type Known = {
  /** What the namespace knows of entries, by their ids. */
  rows: ReadonlyMap<string, PlaceRow>
  /** The ids of entries whose groups are linked. */
  linked: ReadonlySet<string>
  /** Places that entries have already, by the ids of the entries. */
  owns: ReadonlyMap<string, OwnPlace>
  /** What has an address now. */
  occupants: ReadonlyMap<string, Occupant>
  /** How many places may still be made. */
  room: number
}

export type Planned = {
  candidate: Candidate
  row: PlaceRow | undefined
  /** Its place, which this rule has not made. */
  own: OwnPlace | undefined
  state: 'made' | 'new' | 'stopped'
  problem: NamespacePlace['problem']
  /** Its place, or the one that it takes over or could take over; '' for none. */
  placeId: string
  isTakenOver: boolean
}

type Verdict = Pick<Planned, 'state' | 'problem' | 'placeId' | 'isTakenOver'>

const stopped = (problem: Planned['problem'], placeId = ''): Verdict => ({
  state: 'stopped',
  problem,
  placeId,
  isTakenOver: false,
})

const judge = (
  makes: NamespaceRow['makes'],
  candidate: Candidate,
  { rows, linked, owns, occupants }: Known,
  used: ReadonlySet<string>,
): Verdict => {
  const row = rows.get(candidate.id)
  if (row && row.made_at > 0)
    return linked.has(candidate.id)
      ? { state: 'made', problem: '', placeId: row.place_id, isTakenOver: false }
      : stopped('unlinked', row.place_id)
  const own = owns.get(candidate.id)
  if (own) return { state: 'made', problem: '', placeId: own.place_id, isTakenOver: false }
  const fresh: Verdict = { state: 'new', problem: '', placeId: '', isTakenOver: false }
  if (makes === 'nothing') return fresh
  const consent = row?.place_id ?? ''
  if (consent !== '') return { ...fresh, placeId: consent, isTakenOver: true }
  if (candidate.address === '') return stopped('no_address')
  const occupant = occupants.get(candidate.address)
  // An archived one cannot be taken over.
  if (occupant) return stopped('taken', occupant.delete_at === 0 ? occupant.id : '')
  return used.has(candidate.address) ? stopped('taken') : fresh
}

/** In the order of the candidates, which is also that in which they get their addresses. */
export const plan = (
  makes: NamespaceRow['makes'],
  candidates: readonly Candidate[],
  known: Known,
): Planned[] => {
  const used = new Set<string>()
  let { room } = known
  return candidates.map((candidate) => {
    let verdict = judge(makes, candidate, known, used)
    if (verdict.state === 'new') {
      if (room <= 0) verdict = { ...verdict, state: 'stopped', problem: 'too_many' }
      room -= 1
      used.add(candidate.address)
    }
    return { candidate, row: known.rows.get(candidate.id), own: known.owns.get(candidate.id), ...verdict }
  })
}
