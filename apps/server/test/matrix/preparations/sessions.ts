import { signIn } from '@plausch/testkit'
import { sessions } from '@plausch/wire'
import { aboutWhom, body, isOwn, living, type Preparations } from '../draft.ts'

export const sessionsPreparations: Preparations = {
  'sessions.login': body(({ scene: { target } }) => ({
    login_id: target.username,
    password: target.password,
  })),
  'sessions.logout': async (draft) => {
    const person = living(draft)
    if (person) draft.token = (await signIn(draft.scene.at.server, person.username)).api.token()
  },
  'sessions.revokeAll': async (draft) => {
    const { scene, actor } = draft
    const person = living(draft)
    if (!isOwn(draft) || !person || actor === 'anonymous') return
    draft.after = async () => {
      scene.people[actor] = await signIn(scene.at.server, person.username)
    }
  },
  'sessions.revoke': async (draft) => {
    const { scene } = draft
    const whose = living(draft) ? aboutWhom(draft) : scene.target
    const fresh = await signIn(scene.at.server, whose.username)
    const ids = (await fresh.call(sessions.list, { params: { user_id: 'me' } })).map((session) => session.id)
    draft.body = { session_id: ids.sort().at(-1) }
  },
  'passwords.change': body(({ scene: { target } }) => ({
    current_password: target.password,
    new_password: target.password,
  })),
}
