import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Confirm } from '../../../ui/Confirm.tsx'

type ArchiveGroupProps = { groupId: string; archived(): void; close(): void }

/** Asks before nobody can mention a group any more. */
export const ArchiveGroup = ({ groupId, archived, close }: ArchiveGroupProps) => {
  const say = useText()
  const name = useSource(client.groups.records.at(groupId))?.display_name ?? ''
  const run = async (): Promise<void> => {
    await client.groups.archive(groupId)
    archived()
  }
  return (
    <Confirm
      title={say('groups.archiveTitle', { name })}
      lead={say('groups.archiveLead')}
      action={say('groups.archiveSubmit')}
      isDanger
      run={run}
      onClose={close}
    />
  )
}
