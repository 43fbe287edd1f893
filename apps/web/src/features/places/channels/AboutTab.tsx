import type { Channel, ChannelPatch } from '@plausch/wire'
import { type FormEvent, useMemo, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { toChannel } from '../../../platform/navigation.ts'
import { hereChannelId } from '../../../platform/place.ts'
import { Button } from '../../../ui/Button.tsx'
import { Area, Field } from '../../../ui/Field.tsx'
import form from '../../../ui/Form.module.css'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { MarkdownLine } from '../../../ui/markdown/Markdown.tsx'
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
  const [next, setNext] = useState({ display_name, name, header, purpose })
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  const against = useSource(useMemo(() => reasonSource(channel.id, 'change'), [channel.id]))
  const isChat = isConversation(channel)
  const why = useReason(isChat ? '' : against)

  const save = async (): Promise<void> => {
    const trimmed = { ...next, display_name: next.display_name.trim(), name: next.name.trim() }
    if (!isChat && trimmed.display_name === '') return setProblem(say('channel.nameMissing'))
    const changes = isChat ? { header: next.header } : changesOf(channel, trimmed)
    setBusy(true)
    try {
      if (Object.keys(changes).length > 0) await client.channels.patch(channel.id, changes)
      close()
      const saved = client.channels.records.one(channel.id)
      if (saved && changes.name !== undefined && hereChannelId.get() !== channel.id) toChannel(saved)
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void save()
  }
  const isFixed = why !== ''

  return (
    <form className={form.form} noValidate onSubmit={submit}>
      {why && <p className={styles.why}>{why}</p>}
      <FormProblem text={problem} />
      {!isChat && (
        <>
          <Field
            label={say('channel.name')}
            maxLength={64}
            autoComplete="off"
            readOnly={isFixed}
            value={next.display_name}
            onChange={(event) => setNext({ ...next, display_name: event.target.value })}
          />
          <Field
            label={say('channel.address')}
            hint={say('channel.addressHint')}
            prefix="/channels/"
            maxLength={64}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            readOnly={isFixed || name === DEFAULT_CHANNEL}
            value={next.name}
            onChange={(event) => setNext({ ...next, name: event.target.value.toLowerCase() })}
          />
        </>
      )}
      <Area
        label={say('channel.topic')}
        hint={say('channel.topicHint')}
        maxLength={1024}
        rows={2}
        readOnly={isFixed}
        value={next.header}
        onChange={(event) => setNext({ ...next, header: event.target.value })}
      />
      {next.header !== '' && (
        <div className={styles.preview}>
          <small>{say('channel.preview')}</small>
          <p>
            <MarkdownLine text={next.header} />
          </p>
        </div>
      )}
      {!isChat && (
        <Area
          label={say('channel.purpose')}
          hint={say('channel.purposeHint')}
          maxLength={250}
          rows={2}
          readOnly={isFixed}
          value={next.purpose}
          onChange={(event) => setNext({ ...next, purpose: event.target.value })}
        />
      )}
      {!isFixed && (
        <div className={styles.end}>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {say('action.save')}
          </Button>
        </div>
      )}
    </form>
  )
}
