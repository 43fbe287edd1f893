import type { Channel, ChannelPatch } from '@plausch/wire'
import { useMemo } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { toChannel } from '../../../platform/navigation.ts'
import { hereChannelId } from '../../../platform/place.ts'
import { Area, Field } from '../../../ui/Field.tsx'
import forms from '../../../ui/Form.module.css'
import { Form } from '../../../ui/Form.tsx'
import { MarkdownLine } from '../../../ui/markdown/Markdown.tsx'
import { useForm } from '../../../ui/use-form.ts'
import styles from './ChannelSettings.module.css'
import { DEFAULT_CHANNEL, isConversation, reasonSource } from './rights.ts'
import { useReason } from './use-reason.ts'

type AboutTabProps = { channel: Channel; close(): void }

/** Only what differs, so that people who change different fields do not overwrite each other. */
const changesOf = (channel: Channel, next: Required<ChannelPatch>): ChannelPatch => ({
  ...(next.display_name !== channel.display_name && { display_name: next.display_name }),
  ...(next.name !== channel.name && { name: next.name }),
  ...(next.header !== channel.header && { header: next.header }),
  ...(next.purpose !== channel.purpose && { purpose: next.purpose }),
})

/** The name, the address, the topic and the purpose. In a conversation only the topic can be changed. */
export const AboutTab = ({ channel, close }: AboutTabProps) => {
  const say = useText()
  const { display_name, name, header, purpose } = channel
  const isChat = isConversation(channel)
  const form = useForm(
    { display_name, name, header, purpose },
    {
      check: (next) => ({
        display_name: !isChat && next.display_name.trim() === '' ? say('channel.nameMissing') : '',
      }),
      refusals: { 'store.sql_channel.save_channel.exists': 'name' },
    },
  )
  const against = useSource(useMemo(() => reasonSource(channel.id, 'change'), [channel.id]))
  const why = useReason(isChat ? '' : against)

  const save = form.checked(async (next) => {
    const trimmed = { ...next, display_name: next.display_name.trim(), name: next.name.trim() }
    const changes = isChat ? { header: next.header } : changesOf(channel, trimmed)
    if (Object.keys(changes).length > 0) await client.channels.patch(channel.id, changes)
    close()
    const saved = client.channels.records.one(channel.id)
    if (saved && changes.name !== undefined && hereChannelId.get() !== channel.id) toChannel(saved)
  })
  const isFixed = why !== ''
  const shown = form.values.header

  return (
    <Form submit={save} submitLabel={isFixed ? undefined : say('action.save')} buttons="end" onCancel={close}>
      {why && <p className={forms.why}>{why}</p>}
      {!isChat && (
        <>
          <Field
            {...form.text('display_name')}
            label={say('channel.name')}
            maxLength={64}
            autoComplete="off"
            readOnly={isFixed}
          />
          <Field
            {...form.text('name')}
            label={say('channel.address')}
            hint={say('channel.addressHint')}
            prefix="/channels/"
            maxLength={64}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            readOnly={isFixed || name === DEFAULT_CHANNEL}
            onChange={({ target }) => form.set({ name: target.value.toLowerCase() })}
          />
        </>
      )}
      <Area
        {...form.text('header')}
        label={say('channel.topic')}
        hint={say('channel.topicHint')}
        maxLength={1024}
        rows={2}
        readOnly={isFixed}
      />
      {shown !== '' && (
        <div className={styles.preview}>
          <small>{say('channel.preview')}</small>
          <p>
            <MarkdownLine text={shown} />
          </p>
        </div>
      )}
      {!isChat && (
        <Area
          {...form.text('purpose')}
          label={say('channel.purpose')}
          hint={say('channel.purposeHint')}
          maxLength={250}
          rows={2}
          readOnly={isFixed}
        />
      )}
    </Form>
  )
}
