import type { OpenedDialog } from '@plausch/client'
import { type Dialog as Form, interactions } from '@plausch/wire'
import { useRef, useState } from 'react'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { here } from '../../../platform/place.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { Markdown } from '../../../ui/markdown/Markdown.tsx'
import { ElementView } from './ElementView.tsx'
import { problemWith, submissionOf, type Value, type Values, valuesOf } from './form.ts'

type IntegrationDialogProps = { opened: OpenedDialog; close(): void }

/** The team that an integration is told: that of the channel, in conversations the reader's current one. */
const teamOf = (channelId: string): string =>
  client.channels.records.one(channelId)?.team_id || here.get().team?.id || ''

/** A dialog that an integration opened. It may have several steps; the integration checks each. */
export const IntegrationDialog = ({ opened, close }: IntegrationDialogProps) => {
  const say = useText()
  const [form, setForm] = useState<Form>(opened.dialog)
  const elements = form.elements ?? []
  const [values, setValues] = useState<Values>(() => valuesOf(elements))
  const [problems, setProblems] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  /** What earlier steps had. */
  const earlier = useRef<Values>({})

  const answer = (submission: Record<string, unknown>, cancelled = false) =>
    client.call(interactions.submitDialog, {
      body: {
        url: opened.url,
        callback_id: form.callback_id ?? '',
        state: form.state ?? '',
        channel_id: opened.channelId,
        team_id: teamOf(opened.channelId),
        submission,
        cancelled,
      },
    })

  const find = async (name: string, term: string) => {
    const body = {
      url: elements.find((element) => element.name === name)?.data_source_url || opened.url,
      callback_id: form.callback_id ?? '',
      state: form.state ?? '',
      channel_id: opened.channelId,
      team_id: teamOf(opened.channelId),
      submission: { query: term, selected_field: name },
    }
    return (await client.call(interactions.lookUpOptions, { body })).items
  }

  const next = (step: Form): void => {
    earlier.current = { ...earlier.current, ...values }
    setForm(step)
    setValues(valuesOf(step.elements ?? [], earlier.current))
    setProblems({})
  }

  const submit = async (): Promise<void> => {
    const wrong = elements.flatMap((element): [string, string][] => {
      const found = problemWith(element, values[element.name])
      return found ? [[element.name, say(found.id, found.values)]] : []
    })
    setProblems(Object.fromEntries(wrong))
    setProblem('')
    if (wrong.length > 0) return
    setBusy(true)
    try {
      const { errors = {}, error = '', type, form: step } = await answer(submissionOf(elements, values))
      if (type === 'form' && step) next(step)
      else if (Object.keys(errors).length === 0 && error === '') close()
      setProblems(errors)
      setProblem(error)
    } catch (fault) {
      setProblem(problemOf(fault))
    }
    setBusy(false)
  }

  const cancel = (): void => {
    // The integration only wants to know; the reader need not wait for it.
    if (form.notify_on_cancel) answer({}, true).catch(() => undefined)
    close()
  }
  const set = (name: string, value: Value): void => setValues((before) => ({ ...before, [name]: value }))

  return (
    <Dialog
      title={form.title}
      onClose={cancel}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onClick={cancel}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {form.submit_label || say('interactions.submit')}
          </Button>
        </>
      }
    >
      {form.introduction_text && <Markdown owner={form} text={form.introduction_text} />}
      {elements.map((element) => (
        <ElementView
          key={element.name}
          element={element}
          value={values[element.name]}
          problem={problems[element.name] ?? ''}
          find={(term) => find(element.name, term)}
          onChange={(value) => set(element.name, value)}
        />
      ))}
      <FormProblem text={problem} />
    </Dialog>
  )
}
