import { useState } from 'react'
import { problemOf, useText } from '../../../i18n/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { DateTime } from '../../../ui/DateTime.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { setStatus } from './actions.ts'
import { endOf } from './ends.ts'

/** Asks until when nothing may disturb. */
export const QuietUntil = ({ close }: { close(): void }) => {
  const say = useText()
  const [end, setEnd] = useState<number | undefined>(() => endOf('today', Date.now()))
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)

  const save = async (): Promise<void> => {
    if (end === undefined || end <= Date.now()) {
      setProblem(say('presence.endPast'))
      return
    }
    setBusy(true)
    try {
      await setStatus('dnd', end)
      close()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={say('status.dnd')}
      hint={say('user.dndHint')}
      onClose={close}
      onSubmit={() => void save()}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {say('presence.quiet')}
          </Button>
        </>
      }
    >
      <DateTime
        label={say('presence.until')}
        value={end}
        min={Date.now()}
        problem={problem}
        onChange={(next) => {
          setEnd(next)
          setProblem('')
        }}
      />
    </Dialog>
  )
}
