import type { OpenedDialog } from '@plausch/client'
import { type Dialog as Form, interactions } from '@plausch/wire'
import { useRef, useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { here } from '../../../platform/place.ts'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { Markdown } from '../../../ui/markdown/Markdown.tsx'
import { useForm } from '../../../ui/use-form.ts'
import { ElementView } from './ElementView.tsx'
import { problemWith, submissionOf, type Values, valuesOf } from './form.ts'

type IntegrationDialogProps = { opened: OpenedDialog; close(): void }

/** The team that an integration is told: that of the channel, in conversations the reader's current one. */
const teamOf = (channelId: string): string =>
  client.channels.records.one(channelId)?.team_id || here.get().team?.id || ''

/** A dialog that an integration opened. It may have several steps; the integration checks each. */
export const IntegrationDialog = ({ opened, close }: IntegrationDialogProps) => {
  const say = useText()
  const [form, setForm] = useState<Form>(opened.dialog)
  const elements = form.elements ?? []
  const draft = useForm<Values>(() => valuesOf(elements), {
    check: (values) =>
      Object.fromEntries(
        elements.map((element) => {
          const found = problemWith(element, values[element.name])
          return [element.name, found ? say(found.id, found.values) : '']
        }),
      ),
  })
  /** What the integration says about the whole. */
  const [problem, setProblem] = useState('')
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

  const next = (step: Form, values: Values): void => {
    earlier.current = { ...earlier.current, ...values }
    setForm(step)
    draft.set(valuesOf(step.elements ?? [], earlier.current))
  }

  const submit = draft.checked(async (values) => {
    setProblem('')
    const { errors = {}, error = '', type, form: step } = await answer(submissionOf(elements, values))
    const hasNext = type === 'form' && step !== undefined
    if (hasNext) next(step, values)
    setProblem(error)
    return !(draft.refuse(errors) || hasNext || error !== '')
  })

  const cancel = (): void => {
    // The integration only wants to know; the reader need not wait for it.
    if (form.notify_on_cancel) answer({}, true).catch(() => undefined)
    close()
  }

  return (
    <FormDialog
      title={form.title}
      submitLabel={form.submit_label || say('interactions.submit')}
      submit={submit}
      onClose={cancel}
      onDone={close}
    >
      {form.introduction_text && <Markdown owner={form} text={form.introduction_text} />}
      {elements.map((element) => (
        <ElementView
          key={element.name}
          element={element}
          value={draft.values[element.name]}
          problem={draft.problemOf(element.name)}
          find={(term) => find(element.name, term)}
          onChange={(value) => draft.set({ [element.name]: value })}
        />
      ))}
      <FormProblem text={problem} />
    </FormDialog>
  )
}
