import type { Bookmark } from '@plausch/wire'
import { useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Field } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'

type EditBookmarkProps = { channelId: string; bookmark?: Bookmark; close(): void }

/** The address as a browser understands it, `https` if no scheme was typed; undefined if it is none. */
const addressFrom = (text: string): string | undefined => {
  const typed = text.trim()
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`
  const url = URL.parse(whole)
  return url && ['http:', 'https:', 'mailto:'].includes(url.protocol) && typed !== '' ? whole : undefined
}

/** Adds a bookmark to a channel, or changes one. */
export const EditBookmark = ({ channelId, bookmark, close }: EditBookmarkProps) => {
  const say = useText()
  const isFile = bookmark?.type === 'file'
  const [form, setForm] = useState({
    link: bookmark?.link_url ?? '',
    name: bookmark?.display_name ?? '',
    emoji: bookmark?.emoji?.replaceAll(':', '') ?? '',
  })
  const [wrong, setWrong] = useState<{ link?: string; name?: string }>({})

  const save = async (): Promise<unknown> => {
    const link = addressFrom(form.link)
    const name = form.name.trim() || (link ? new URL(link).hostname : '')
    const problems = {
      ...(!isFile && link === undefined && { link: say('bookmark.linkWrong') }),
      ...(name === '' && { name: say('bookmark.nameMissing') }),
    }
    setWrong(problems)
    if (Object.keys(problems).length > 0) return false
    const parts = { display_name: name, emoji: form.emoji.trim(), ...(link && !isFile && { link_url: link }) }
    return await (bookmark
      ? client.bookmarks.patch(channelId, bookmark.id, parts)
      : client.bookmarks.create(channelId, { type: 'link', ...parts }))
  }
  const set = (part: Partial<typeof form>): void => setForm({ ...form, ...part })

  return (
    <FormDialog
      title={say(bookmark ? 'bookmark.edit' : 'bookmark.add')}
      onClose={close}
      submitLabel={say(bookmark ? 'action.save' : 'bookmark.add')}
      submit={save}
    >
      {!isFile && (
        <Field
          label={say('bookmark.link')}
          inputMode="url"
          maxLength={1024}
          autoComplete="off"
          placeholder="https://"
          value={form.link}
          {...(wrong.link && { problem: wrong.link })}
          onChange={(event) => set({ link: event.target.value })}
        />
      )}
      <Field
        label={say('bookmark.name')}
        maxLength={64}
        autoComplete="off"
        value={form.name}
        {...(wrong.name && { problem: wrong.name })}
        onChange={(event) => set({ name: event.target.value })}
      />
      <Field
        label={say('bookmark.emoji')}
        hint={say('bookmark.emojiHint')}
        maxLength={64}
        autoComplete="off"
        value={form.emoji}
        onChange={(event) => set({ emoji: event.target.value.replaceAll(':', '') })}
      />
    </FormDialog>
  )
}
