import { Suspense, useEffect } from 'react'
import { reloadPage } from '../browser/faults.ts'
import { notify } from '../browser/notices.ts'
import { useSource } from '../browser/use-source.ts'
import { say } from '../i18n/text.ts'
import { closeDialog, type OpenDialog, openDialogs, reopenDialog } from '../platform/dialogs.ts'
import { ErrorBoundary, type Failure } from '../ui/ErrorBoundary.tsx'

/** A dialog that failed is gone, and with it the way out of it: a notice says so. */
const tell = (dialog: OpenDialog, { isNotLoaded }: Failure): void => {
  closeDialog(dialog.key)
  const again = { label: say('action.retry'), run: () => reopenDialog(dialog) }
  const reload = { label: say('update.reload'), run: reloadPage }
  notify('failed', say(isNotLoaded ? 'fault.notLoaded' : 'fault.failed'), isNotLoaded ? reload : again)
}

/** A dialog whose code is on its way: Esc takes it back, as if it were there. */
const OnItsWay = ({ close }: { close(): void }) => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      close()
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [close])
  return null
}

/** The open dialogs, whichever features they belong to. */
export const Overlays = () =>
  useSource(openDialogs).map((dialog) => {
    const { key, Content, props } = dialog
    const close = (): void => closeDialog(key)
    return (
      <ErrorBoundary
        key={key}
        part="dialog"
        fallback={() => null}
        onFailure={(failure) => tell(dialog, failure)}
      >
        <Suspense fallback={<OnItsWay close={close} />}>
          <Content {...props} close={close} />
        </Suspense>
      </ErrorBoundary>
    )
  })
