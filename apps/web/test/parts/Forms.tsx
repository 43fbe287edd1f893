/** Forms: what is wrong, sending once, refusals. */
import { ApiFault } from '@plausch/client'
import { useRef, useState } from 'react'
import { Button } from '../../src/ui/Button.tsx'
import { ComboBox } from '../../src/ui/ComboBox.tsx'
import { Choice, Field } from '../../src/ui/Field.tsx'
import { Form } from '../../src/ui/Form.tsx'
import { FormDialog } from '../../src/ui/FormDialog.tsx'
import { useForm } from '../../src/ui/use-form.ts'

type Draft = { title: string; address: string; kind: '' | 'open' | 'closed'; place: string | undefined }

const EMPTY: Draft = { title: '', address: '', kind: '', place: undefined }

/** "taken" is refused, "broken" fails; everything else is sent when `Answer` is pressed. */
const refusalOf = (address: string): Error | undefined => {
  if (address === 'taken') return new ApiFault('rooms.taken.app_error', 400, 'Somebody has this address.')
  return address === 'broken' ? new Error('no') : undefined
}

const useRoom = (send: (draft: Draft) => unknown, keptAs?: string) => {
  const form = useForm(EMPTY, {
    check: ({ title, kind, place }) => ({
      title: title.trim() === '' ? 'Please give it a name.' : '',
      kind: kind === '' ? 'Please choose a kind.' : '',
      place: place === undefined ? 'Please choose a place.' : '',
    }),
    refusals: { 'rooms.taken': 'address' },
    ...(keptAs && { keptAs }),
  })
  return { form, submit: form.checked(send) }
}

const RoomFields = ({ form }: Pick<ReturnType<typeof useRoom>, 'form'>) => (
  <>
    <Field {...form.text('title')} label="Room" />
    <Field {...form.text('address')} label="Door" />
    <Choice
      {...form.part('kind')}
      legend="Access"
      options={[
        { value: 'open', label: 'For everybody' },
        { value: 'closed', label: 'By key' },
      ]}
    />
    <ComboBox
      {...form.part('place')}
      label="Building"
      options={[
        { value: 'hall', label: 'Hall' },
        { value: 'tower', label: 'Tower' },
      ]}
    />
  </>
)

export const Forms = () => {
  const [sent, setSent] = useState<readonly string[]>([])
  const [isOpen, setOpen] = useState(false)
  const answer = useRef<() => void>(undefined)
  const { form, submit } = useRoom(async ({ title, address }) => {
    setSent((before) => [...before, title])
    await new Promise<void>((resolve) => {
      answer.current = resolve
    })
    const refusal = refusalOf(address)
    if (refusal) throw refusal
    form.set({ title: '' })
  })
  return (
    <section aria-label="Forms">
      <h2>Forms</h2>
      <Form submit={submit} submitLabel="Book" buttons="start">
        <RoomFields form={form} />
      </Form>
      <Button onClick={() => answer.current?.()}>Answer</Button>
      <p data-sent="">{sent.join(', ')}</p>
      <Button onClick={() => setOpen(true)}>Open form</Button>
      {isOpen && <RoomDialog close={() => setOpen(false)} />}
    </section>
  )
}

const RoomDialog = ({ close }: { close(): void }) => {
  const { form, submit } = useRoom(() => form.forget(), 'parts/room')
  return (
    <FormDialog title="Book a room" submitLabel="Book room" submit={submit} onClose={close}>
      <RoomFields form={form} />
    </FormDialog>
  )
}
