import { client } from '../../../platform/client.ts'
import { type Feature, messagePart } from '../../../platform/feature.ts'
import { Attachments } from './Attachments.tsx'
import { hasAttachments } from './attachments.ts'
import { filledDialog } from './dialogs.ts'

/** Shows the dialogs that integrations open. */
const showDialogs = (): (() => void) =>
  client.interactions.opened.subscribe(() => {
    const opened = client.interactions.opened.get()
    if (opened) filledDialog.open({ opened })
  })

export const interactions: Feature = {
  name: 'interactions',
  messageParts: [messagePart(hasAttachments, Attachments)],
  background: [showDialogs],
}
