/** What passes say about people, in words. A word that this client does not know stays as it is. */
import type { Say, TextId } from '../../../i18n/text.ts'

const wordsOf =
  (texts: Readonly<Record<string, TextId>>) =>
  (say: Say, word: string): string => {
    const id = texts[word]
    return id ? say(id) : word
  }

/** Why somebody can have no account. */
export const problemText = wordsOf({
  no_id: 'directory.problem.noId',
  id_twice: 'directory.problem.idTwice',
  no_address: 'directory.problem.noAddress',
  address_taken: 'directory.problem.addressTaken',
  address_twice: 'directory.problem.addressTwice',
  no_seat: 'directory.problem.noSeat',
  refused: 'directory.problem.refused',
})

/** Why somebody would be switched off. */
export const reasonText = wordsOf({
  disabled: 'directory.reason.disabled',
  missing: 'directory.reason.missing',
})

/** What sets the brake off. */
export const triggerText = wordsOf({
  empty: 'directory.trigger.empty',
  halved: 'directory.trigger.halved',
  too_many: 'directory.trigger.tooMany',
  groups_gone: 'directory.trigger.groupsGone',
  membership: 'directory.trigger.membership',
})
