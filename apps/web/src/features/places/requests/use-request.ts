/** One request, asked for again whenever it changes. */
import { requests as operations, type TeamRequest } from '@plausch/wire'
import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import { useAnswer } from '../../../ui/use-answer.ts'

/** `isMissing`: the server has no such request, for this person. */
export const useRequest = (id: string) => {
  const changes = useSource(client.requests.changes)
  const { value, problem, fault, set } = useAnswer<TeamRequest>(
    () => client.call(operations.get, { params: { team_request_id: id } }),
    `${id} ${changes}`,
  )
  return { request: value, problem, isMissing: fault === 'requests.not_found', put: set }
}
