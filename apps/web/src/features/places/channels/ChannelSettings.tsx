import { Archive } from 'lucide-react'
import { useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Area, Field } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import styles from './ChannelSettings.module.css'
import { archiveChannel } from './dialogs.ts'
import { useChannelRights } from './rights.ts'

type ChannelSettingsProps = { channelId: string; close(): void }

/** The name and topic of a channel: editable with the right to change them, otherwise read-only. */
export const ChannelSettings = ({ channelId, close }: ChannelSettingsProps) => {
  const say = useText()
  const channel = useSource(client.channels.records.at(channelId))
  const { mayChange, mayArchive } = useChannelRights(channelId)
  const [form, setForm] = useState({
    display_name: channel?.display_name ?? '',
    header: channel?.header ?? '',
    purpose: channel?.purpose ?? '',
  })
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  if (!channel) return null

  const save = async (): Promise<void> => {
    if (form.display_name.trim() === '') {
      setProblem(say('channel.nameMissing'))
      return
    }
    setBusy(true)
    try {
      await client.channels.patch(channelId, { ...form, display_name: form.display_name.trim() })
      close()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }

  const archive = (): void => {
    close()
    archiveChannel.open({ channelId })
  }

  if (!mayChange) {
    return (
      <Dialog
        title={channel.display_name}
        hint={say(channel.type === 'P' ? 'channel.private' : 'channel.public')}
        onClose={close}
      >
        <dl className={styles.facts}>
          <dt>{say('channel.topic')}</dt>
          <dd dir="auto">{channel.header || say('channel.none')}</dd>
          <dt>{say('channel.purpose')}</dt>
          <dd dir="auto">{channel.purpose || say('channel.none')}</dd>
        </dl>
      </Dialog>
    )
  }
  return (
    <Dialog
      title={say('channel.details')}
      hint={say(channel.type === 'P' ? 'channel.private' : 'channel.public')}
      onClose={close}
      onSubmit={() => void save()}
      actions={
        <>
          {mayArchive && (
            <span className={styles.archive}>
              <Button kind="quiet" icon={Archive} onClick={archive}>
                {say('channel.archive')}
              </Button>
            </span>
          )}
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {say('action.save')}
          </Button>
        </>
      }
    >
      <FormProblem text={problem} />
      <Field
        label={say('channel.name')}
        maxLength={64}
        autoComplete="off"
        value={form.display_name}
        onChange={(event) => setForm({ ...form, display_name: event.target.value })}
      />
      <Field
        label={say('channel.topic')}
        hint={say('channel.topicHint')}
        maxLength={1024}
        autoComplete="off"
        value={form.header}
        onChange={(event) => setForm({ ...form, header: event.target.value })}
      />
      <Area
        label={say('channel.purpose')}
        hint={say('channel.purposeHint')}
        maxLength={250}
        value={form.purpose}
        onChange={(event) => setForm({ ...form, purpose: event.target.value })}
      />
    </Dialog>
  )
}
