/** Copying links and texts of messages. */
import { notify } from '../../../browser/notices.ts'
import { say, type TextId } from '../../../i18n/text.ts'
import { postPath } from '../../../platform/names.ts'
import { here } from '../../../platform/place.ts'

/** Copies a text, and says that it did. */
export const copy = async (text: string, done: TextId): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    notify('done', say(done))
  } catch {
    // Without HTTPS there is no clipboard.
    notify('failed', say('post.copyFailed'))
  }
}

/** Copies the address of a message. */
export const copyPostLink = (postId: string): Promise<void> =>
  copy(`${location.origin}${postPath(here.get().team?.name ?? '', postId)}`, 'post.linkCopied')
