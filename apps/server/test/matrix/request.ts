/**
 * Builds an actor's request in a case (path, the smallest valid body, and the noun's preparation), and sends
 * it.
 */
import { write } from '@plausch/testkit'
import type { Operation } from '@plausch/wire'
import { addressOf, operationNamed, paramsOf, sampleOf, takesRecord } from '../rows.ts'
import { type Draft, isOwn, roomOf, teamOf } from './draft.ts'
import { builtIn } from './preparations/categories.ts'
import { preparations } from './preparations/index.ts'
import type { Scene } from './scene.ts'
import type { Actor, Kase } from './who.ts'

/** The value of each path parameter. */
const paramsFor = (draft: Draft, postId: string): Record<string, string> => ({
  user_id: isOwn(draft) ? 'me' : draft.scene.target.id,
  team_id: teamOf(draft).id,
  team_name: teamOf(draft).name,
  channel_id: roomOf(draft).id,
  channel_name: roomOf(draft).name,
  post_id: postId,
  role_id: draft.scene.roleId,
  role_name: 'team_user',
  username: draft.scene.target.username,
  email: draft.scene.target.user.email,
  category: 'theme',
  category_id: builtIn(draft),
  invite_id: draft.scene.closed.invite_id,
})

/** The request of an actor in a case. */
export const draftOf = async (
  scene: Scene,
  operation: Operation,
  kase: Kase,
  actor: Actor,
): Promise<Draft> => {
  const person = actor === 'anonymous' ? null : scene.people[actor]
  const sample = takesRecord(operation) ? sampleOf(operation.body as never) : undefined
  const draft: Draft = {
    scene,
    kase,
    actor,
    person,
    token: person?.api.token() ?? '',
    params: {},
    query: {},
    body: sample,
  }
  const needed = paramsOf(operation)
  const postId = needed.includes('post_id')
    ? (await write(scene.owner, roomOf(draft), 'of the owner')).id
    : ''
  const known = paramsFor(draft, postId)
  for (const name of needed) {
    const value = known[name]
    if (value !== undefined) draft.params[name] = value
  }
  await preparations[operation.id]?.(draft)
  const unsaid = needed.find((name) => draft.params[name] === undefined)
  if (unsaid) throw new Error(`nobody has said what {${unsaid}} of ${operation.id} is`)
  return draft
}

export type Answer = { status: number; text: string }

/** Forms are sent as they are, records as JSON. */
const bodyOf = ({ body }: Draft) =>
  body instanceof FormData || body instanceof URLSearchParams ? body : JSON.stringify(body)

export const send = async (id: string, draft: Draft): Promise<Answer> => {
  const operation = operationNamed(id)
  const address = `${draft.scene.at.server.url}${addressOf(operation, draft.params)}?${new URLSearchParams(draft.query)}`
  const response = await fetch(address, {
    method: operation.method,
    headers: {
      ...(draft.token === '' ? {} : { authorization: `Bearer ${draft.token}` }),
      ...(draft.cookie === undefined ? {} : { cookie: draft.cookie }),
    },
    ...(['GET', 'HEAD'].includes(operation.method) || draft.body === undefined
      ? {}
      : { body: bodyOf(draft) }),
  })
  return { status: response.status, text: await response.text() }
}

export const isSuccess = ({ status }: Answer) => status >= 200 && status < 300
