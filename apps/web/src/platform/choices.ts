/**
 * What the reader has chosen in the settings, by v4's names, so that clients agree. Code reads these sources;
 * the settings are the only place that changes them.
 */
import { derive, type Source } from '@plausch/client'
import { client } from './client.ts'

/** A setting of the account: where v4 keeps it, and its value before anybody chose one. */
export type AccountChoice = { category: string; name: string; usual: string }

const choice = (category: string, name: string, usual: string): AccountChoice => ({ category, name, usual })

export const choices = {
  nameForm: choice('display_settings', 'name_format', ''),
  /** `true`: 24 hours, `false`: 12; '' is the usual of the language. */
  clock: choice('display_settings', 'use_military_time', ''),
  density: choice('display_settings', 'message_display', 'clean'),
  collapsedReplies: choice('display_settings', 'collapsed_reply_threads', ''),
  linkPreviews: choice('display_settings', 'link_previews', 'true'),
  foldsPictures: choice('display_settings', 'collapse_previews', 'false'),
  opensAt: choice('advanced_settings', 'unread_scroll_position', 'start_from_left_off'),
  sendsOnCtrlEnter: choice('advanced_settings', 'send_on_ctrl_enter', 'false'),
  showsJoinLeave: choice('advanced_settings', 'join_leave', 'true'),
  showsUnreadGroup: choice('sidebar_settings', 'show_unread_section', 'false'),
  mostConversations: choice('sidebar_settings', 'limit_visible_dms_gms', '40'),
  /** These are not v4's: other clients do not have them. */
  showsTyping: choice('plausch', 'show_typing', 'true'),
  speaksMessages: choice('plausch', 'speak_messages', 'true'),
  hasSingleKeys: choice('plausch', 'single_keys', 'true'),
  noticesHaveText: choice('plausch', 'notices_with_text', 'true'),
} as const satisfies Record<string, AccountChoice>

/** The chosen value, or the usual one. */
export const chosen = ({ category, name, usual }: AccountChoice): Source<string> =>
  derive([client.preferences.at(category, name)], (preference) => preference?.value || usual)

/** Is it switched on? */
export const isChosen = (one: AccountChoice): boolean => chosen(one).get() === 'true'

/** Changes it here at once; throws, and changes back, if the server refuses. */
export const choose = ({ category, name }: AccountChoice, value: string): Promise<void> =>
  client.preferences.save(category, name, value)
