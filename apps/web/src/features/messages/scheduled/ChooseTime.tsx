import { useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { DateTime } from '../../../ui/DateTime.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
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
  const [time, setTime] = useState<number | undefined>(at ?? offeredTimes(new Date())[0]?.at)
  const [isAsked, setAsked] = useState(false)
  const isFuture = time !== undefined && time > Date.now()

  const submit = async (): Promise<boolean> => {
    setAsked(true)
    if (!isFuture) return false
    await schedule(time)
    return true
  }

  return (
    <FormDialog
      title={say('scheduled.choose')}
      onClose={close}
      submitLabel={say('scheduled.schedule')}
      submit={submit}
    >
      <DateTime
        label={say('scheduled.when')}
        hint={say('scheduled.zone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
        value={time}
        min={Math.ceil(Date.now() / MINUTE) * MINUTE}
        {...(isAsked && !isFuture && { problem: say('scheduled.past') })}
        onChange={setTime}
      />
    </FormDialog>
  )
}
