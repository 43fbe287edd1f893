/** Reacting by key and menu. */
import { SmilePlus } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { mayReactTo } from './may-react.ts'
import { chooseReaction } from './reacting.ts'

/** The message's row, or whatever has the focus. */
const rowOf = (postId: string): Element =>
  document.querySelector(`[data-post="${postId}"] [role="toolbar"]`) ??
  document.querySelector(`[data-post="${postId}"]`) ??
  document.activeElement ??
  document.body

export const actions: readonly Action[] = [
  action({
    on: 'post',
    name: 'reactions.add',
    label: 'reactions.add',
    icon: SmilePlus,
    keys: 'Plus',
    when: mayReactTo,
    run: (post) => chooseReaction(post.id, rowOf(post.id)),
  }),
]
