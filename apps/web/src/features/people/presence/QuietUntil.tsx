import { useText } from '../../../i18n/text.ts'
import { DateTime } from '../../../ui/DateTime.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useForm } from '../../../ui/use-form.ts'
import { endOf } from './ends.ts'
import { setStatus } from './setting.ts'

/** Asks until when nothing may disturb. */
export const QuietUntil = ({ close }: { close(): void }) => {
  const say = useText()
  const form = useForm(() => ({ end: endOf('today', Date.now()) as number | undefined }), {
    check: ({ end = 0 }) => ({ end: end > Date.now() ? '' : say('presence.endPast') }),
  })
  const save = form.checked(({ end = 0 }) => setStatus('dnd', end))

  return (
    <FormDialog
      title={say('status.dnd')}
      hint={say('user.dndHint')}
      onClose={close}
      submitLabel={say('presence.quiet')}
      submit={save}
    >
      <DateTime {...form.part('end')} label={say('presence.until')} min={Date.now()} />
    </FormDialog>
  )
}
