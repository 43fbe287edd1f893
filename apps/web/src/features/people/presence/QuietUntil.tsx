import { useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { DateTime } from '../../../ui/DateTime.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { endOf } from './ends.ts'
import { setStatus } from './setting.ts'

/** Asks until when nothing may disturb. */
export const QuietUntil = ({ close }: { close(): void }) => {
  const say = useText()
  const [end, setEnd] = useState<number | undefined>(() => endOf('today', Date.now()))
  const [isWrong, setWrong] = useState(false)

  const save = async (): Promise<boolean> => {
    const isPast = end === undefined || end <= Date.now()
    setWrong(isPast)
    if (!isPast) await setStatus('dnd', end)
    return !isPast
  }

  return (
    <FormDialog
      title={say('status.dnd')}
      hint={say('user.dndHint')}
      onClose={close}
      submitLabel={say('presence.quiet')}
      submit={save}
    >
      <DateTime
        label={say('presence.until')}
        value={end}
        min={Date.now()}
        problem={isWrong ? say('presence.endPast') : ''}
        onChange={(next) => {
          setEnd(next)
          setWrong(false)
        }}
      />
    </FormDialog>
  )
}
