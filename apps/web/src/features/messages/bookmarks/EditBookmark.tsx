import type { Bookmark } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useForm } from '../../../ui/use-form.ts'

type EditBookmarkProps = { channelId: string; bookmark?: Bookmark; close(): void }

/** The address as a browser understands it, `https` if no scheme was typed; undefined if it is none. */
const addressFrom = (text: string): string | undefined => {
  const typed = text.trim()
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`
  const url = URL.parse(whole)
  return url && ['http:', 'https:', 'mailto:'].includes(url.protocol) && typed !== '' ? whole : undefined
}

/** A bookmark without a name has that of its server. */
const nameOf = ({ link, name }: { link: string; name: string }): string => {
  const address = addressFrom(link)
  return name.trim() || (address ? new URL(address).hostname : '')
}

/** Adds a bookmark to a channel, or changes one. */
export const EditBookmark = ({ channelId, bookmark, close }: EditBookmarkProps) => {
  const say = useText()
  const isFile = bookmark?.type === 'file'
  const form = useForm(
    {
      link: bookmark?.link_url ?? '',
      name: bookmark?.display_name ?? '',
      emoji: bookmark?.emoji?.replaceAll(':', '') ?? '',
    },
    {
      check: (draft) => ({
        link: isFile || addressFrom(draft.link) ? '' : say('bookmark.linkWrong'),
        name: nameOf(draft) === '' ? say('bookmark.nameMissing') : '',
      }),
    },
  )
  const save = form.checked((draft) => {
    const link = addressFrom(draft.link)
    const parts = {
      display_name: nameOf(draft),
      emoji: draft.emoji.trim(),
      ...(link && !isFile && { link_url: link }),
    }
    return bookmark
      ? client.bookmarks.patch(channelId, bookmark.id, parts)
      : client.bookmarks.create(channelId, { type: 'link', ...parts })
  })

  return (
    <FormDialog
      title={say(bookmark ? 'bookmark.edit' : 'bookmark.add')}
      onClose={close}
      submitLabel={say(bookmark ? 'action.save' : 'bookmark.add')}
      submit={save}
    >
      {!isFile && (
        <Field
          {...form.text('link')}
          label={say('bookmark.link')}
          inputMode="url"
          maxLength={1024}
          autoComplete="off"
          placeholder="https://"
        />
      )}
      <Field {...form.text('name')} label={say('bookmark.name')} maxLength={64} autoComplete="off" />
      <Field
        {...form.text('emoji')}
        label={say('bookmark.emoji')}
        hint={say('bookmark.emojiHint')}
        maxLength={64}
        autoComplete="off"
        onChange={({ target }) => form.set({ emoji: target.value.replaceAll(':', '') })}
      />
    </FormDialog>
  )
}
