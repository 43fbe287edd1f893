/** One request, asked for again whenever it changes. */
import { requests as operations, type TeamRequest } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { faultId, problemOf } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'

type Known = {
  request: TeamRequest | undefined
  /** The server has no such request, for this person. */
  isMissing: boolean
  problem: string
}

const NOTHING: Known = { request: undefined, isMissing: false, problem: '' }

export const useRequest = (id: string) => {
  const changes = useSource(client.requests.changes)
  const [known, setKnown] = useState(NOTHING)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again after each change
  useEffect(() => {
    let isCurrent = true
    client.call(operations.get, { params: { team_request_id: id } }).then(
      (request) => isCurrent && setKnown({ ...NOTHING, request }),
      (error: unknown) => {
        const isMissing = faultId(error) === 'requests.not_found'
        if (isCurrent) setKnown((before) => ({ ...before, isMissing, problem: problemOf(error) }))
      },
    )
    return () => {
      isCurrent = false
    }
  }, [id, changes])
  return { ...known, put: (request: TeamRequest): void => setKnown({ ...NOTHING, request }) }
}
