import { useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Choice } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { Picker } from '../../../ui/Picker.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import { FoundRow } from './LinkRow.tsx'
import styles from './Links.module.css'
import { type Ends, joining, makeLink } from './links.ts'
import { joiningText } from './words.ts'

type Found = { id: string; name: string; note: string }

type LinkFormProps<T extends Found> = {
  title: string
  /** What is looked for: a group, or a team or channel. */
  label: string
  none: string
  find(term: string): Promise<readonly T[]>
  endsOf(found: T): Ends
  done(): void
  close(): void
}

/** Makes a link: to what, with which role, and what follows from it. */
export const LinkForm = <T extends Found>(props: LinkFormProps<T>) => {
  const { title, label, none, find, endsOf, done, close } = props
  const say = useText()
  const [chosen, setChosen] = useState<readonly T[]>([])
  const [makesAdmins, setAdmins] = useState(false)
  const [adds, setAdds] = useState(true)
  const [first] = chosen
  const ends = first && endsOf(first)

  const link = async (): Promise<void> => {
    if (!ends) return
    // The right to make administrators is needed only by those who make some.
    await makeLink(ends, { auto_add: adds, ...(makesAdmins && { scheme_admin: true }) })
    done()
  }
  return (
    <FormDialog
      title={title}
      submitLabel={say('groupLinks.link')}
      isDisabled={!ends}
      submit={link}
      onClose={close}
    >
      <Picker
        label={label}
        none={none}
        chosen={chosen}
        most={1}
        find={find}
        onChange={setChosen}
        keyOf={({ id }) => id}
        render={({ name, note }) => <FoundRow name={name} note={note} />}
        renderChosen={({ name }) => name}
        removeLabel={({ name }) => say('people.remove', { name })}
      />
      {ends && <Follows ends={ends} adds={adds} />}
      <Choice
        legend={say('groupLinks.role')}
        value={makesAdmins ? 'admin' : 'member'}
        options={[
          { value: 'member', label: say('groupLinks.asMember') },
          { value: 'admin', label: say('groupLinks.asAdmin'), hint: say('groupLinks.asAdminHint') },
        ]}
        onChange={(role) => setAdmins(role === 'admin')}
      />
      <Checkbox
        label={say('groupLinks.adds')}
        hint={say('groupLinks.addsHint')}
        isChecked={adds}
        onChange={setAdds}
      />
    </FormDialog>
  )
}

/** What follows from the link. */
export const Follows = ({ ends, adds }: { ends: Ends; adds: boolean }) => {
  const say = useText()
  const { value, problem } = useAnswer(() => joining(ends), `${ends.group.id} ${ends.place.id}`)
  return (
    <>
      <FormProblem text={problem} />
      <p role="status" className={styles.follows}>
        {adds ? value && joiningText(say, ends.place, value) : say('groupLinks.addsNobody')}
      </p>
    </>
  )
}
