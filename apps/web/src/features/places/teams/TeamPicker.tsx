import { teams as operations, type Team } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Picker } from '../../../ui/Picker.tsx'

const MOST = 20

const find = async (term: string): Promise<readonly Team[]> => {
  const reply = await client.call(operations.search, { body: { term, page: 0, per_page: MOST } })
  return (Array.isArray(reply) ? reply : reply.teams).filter(({ delete_at }) => delete_at === 0)
}

type TeamPickerProps = {
  label: string
  problem?: string
  chosen: Team | undefined
  onChange(team: Team | undefined): void
}

/** Chooses one of the teams that the reader may see. */
export const TeamPicker = ({ label, problem = '', chosen, onChange }: TeamPickerProps) => {
  const say = useText()
  return (
    <Picker
      label={label}
      problem={problem}
      none={say('team.noneFound')}
      chosen={chosen ? [chosen] : []}
      most={1}
      find={find}
      keyOf={({ id }) => id}
      render={({ display_name, name }) => `${display_name} · /${name}`}
      renderChosen={({ display_name }) => display_name}
      removeLabel={({ display_name: name }) => say('people.remove', { name })}
      onChange={([team]) => onChange(team)}
    />
  )
}
