/**
 * What people can do, as objects. A feature declares its actions; menus, toolbars, the palette, the list of
 * shortcuts and slash commands are made from them (`actions.ts`), so they always agree.
 */
import type { FollowedThread, Source } from '@plausch/client'
import type { Category, Channel, FileInfo, Post, Team, User } from '@plausch/wire'
import type { LucideIcon } from 'lucide-react'
import type { TextId } from '../i18n/text.ts'

/** What an action is done to, by the kind of action. Those of the whole client have no subject. */
export type Subjects = {
  app: null
  team: Team
  channel: Channel
  category: Category
  person: User
  post: Post
  file: FileInfo
  thread: FollowedThread
}
export type Kind = keyof Subjects
export type Read = <T>(source: Source<T>) => T

export type Action<K extends Kind = Kind> = {
  on: K
  /** A noun and a verb, unique: `posts.edit`. */
  name: `${string}.${string}`
  label: TextId
  /** The label for this subject, if it depends on it: mute or unmute. */
  labelFor?(subject: Subjects[K], read: Read): TextId
  icon?: LucideIcon
  /**
   * A combination such as `Ctrl+K`. Actions of the client and of channels are bound everywhere, those of
   * messages while a message has the focus.
   */
  keys?: string
  /** The word after the slash in the composer. */
  slash?: string
  /** Is it offered at all? It is asked again when one of the sources changes that it reads. */
  when?(subject: Subjects[K], read: Read): boolean
  /**
   * Why it cannot be done: it is shown, but disabled, with this reason. '' or undefined if it can be done.
   */
  hindrance?(subject: Subjects[K], read: Read): TextId | '' | undefined
  /** For something that is on or off: is it on? */
  isOn?(subject: Subjects[K], read: Read): boolean
  /** Where it is shown; by default in menus and in the palette. */
  shownIn?: readonly Surface[]
  /** Actions with the same group stand together in menus. */
  group?: string
  isDanger?: boolean
  /** Does it. A failure is shown as a notice. */
  run(subject: Subjects[K]): unknown
}

/** `toolbar`: the row of buttons of a message or of a channel's header. */
export type Surface = 'menu' | 'toolbar' | 'palette'

/** Declares an action; it only helps the compiler to find the kind. */
export const action = <K extends Kind>(it: Action<K>): Action<K> => it
