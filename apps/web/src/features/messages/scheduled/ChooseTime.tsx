import { useText } from '../../../i18n/text.ts'
import { DateTime } from '../../../ui/DateTime.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useForm } from '../../../ui/use-form.ts'
import { offeredTimes } from './times.ts'

type ChooseTimeProps = {
  /** The time until now, if it is to be changed. */
  at?: number
  /** Does it; if it throws, the dialog says why. */
  schedule(at: number): unknown
  close(): void
}

const MINUTE = 60_000

/** Asks for a day and a time in the future. */
export const ChooseTime = ({ at, schedule, close }: ChooseTimeProps) => {
  const say = useText()
  const form = useForm(() => ({ time: at ?? offeredTimes(new Date())[0]?.at }), {
    check: ({ time = 0 }) => ({ time: time > Date.now() ? '' : say('scheduled.past') }),
  })
  const submit = form.checked(({ time = 0 }) => schedule(time))

  return (
    <FormDialog
      title={say('scheduled.choose')}
      onClose={close}
      submitLabel={say('scheduled.schedule')}
      submit={submit}
    >
      <DateTime
        {...form.part('time')}
        label={say('scheduled.when')}
        hint={say('scheduled.zone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
        min={Math.ceil(Date.now() / MINUTE) * MINUTE}
      />
    </FormDialog>
  )
}
