import { useState } from 'react'
import { problemOf, useText } from '../../../i18n/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { DateTime } from '../../../ui/DateTime.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
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
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const isFuture = time !== undefined && time > Date.now()

  const submit = async (): Promise<void> => {
    setAsked(true)
    if (!isFuture) return
    setBusy(true)
    try {
      await schedule(time)
      close()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={say('scheduled.choose')}
      onClose={close}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button type="submit" kind="primary" isBusy={isBusy}>
            {say('scheduled.schedule')}
          </Button>
        </>
      }
    >
      <DateTime
        label={say('scheduled.when')}
        hint={say('scheduled.zone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
        value={time}
        min={Math.ceil(Date.now() / MINUTE) * MINUTE}
        {...(isAsked && !isFuture && { problem: say('scheduled.past') })}
        onChange={setTime}
      />
      <FormProblem text={problem} />
    </Dialog>
  )
}
