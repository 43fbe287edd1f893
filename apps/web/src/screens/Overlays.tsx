import { Suspense } from 'react'
import { useSource } from '../browser/use-source.ts'
import { closeDialog, openDialogs } from '../platform/dialogs.ts'

/** The open dialogs, whichever features they belong to. */
export const Overlays = () =>
  useSource(openDialogs).map(({ key, Content, props }) => (
    <Suspense key={key} fallback={null}>
      <Content {...props} close={() => closeDialog(key)} />
    </Suspense>
  ))
