import { Suspense } from 'react'
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

/** The open dialogs, whichever features they belong to. */
export const Overlays = () =>
  useSource(openDialogs).map((dialog) => {
    const { key, Content, props } = dialog
    return (
      <ErrorBoundary
        key={key}
        part="dialog"
        fallback={() => null}
        onFailure={(failure) => tell(dialog, failure)}
      >
        <Suspense fallback={null}>
          <Content {...props} close={() => closeDialog(key)} />
        </Suspense>
      </ErrorBoundary>
    )
  })
