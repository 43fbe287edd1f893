import type { Bookmark } from '@plausch/wire'
import { useState } from 'react'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'

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
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)

  const save = async (): Promise<void> => {
    const link = addressFrom(form.link)
    const name = form.name.trim() || (link ? new URL(link).hostname : '')
    const problems = {
      ...(!isFile && link === undefined && { link: say('bookmark.linkWrong') }),
      ...(name === '' && { name: say('bookmark.nameMissing') }),
    }
    setWrong(problems)
    if (Object.keys(problems).length > 0) return
    setBusy(true)
    try {
      const parts = {
        display_name: name,
        emoji: form.emoji.trim(),
        ...(link && !isFile && { link_url: link }),
      }
      await (bookmark
        ? client.bookmarks.patch(channelId, bookmark.id, parts)
        : client.bookmarks.create(channelId, { type: 'link', ...parts }))
      close()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }
  const set = (part: Partial<typeof form>): void => setForm({ ...form, ...part })

  return (
    <Dialog
      title={say(bookmark ? 'bookmark.edit' : 'bookmark.add')}
      onClose={close}
      onSubmit={() => void save()}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {say(bookmark ? 'action.save' : 'bookmark.add')}
          </Button>
        </>
      }
    >
      <FormProblem text={problem} />
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
    </Dialog>
  )
}
