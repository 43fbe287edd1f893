/** What is filled in. */
import { useState } from 'react'
import { Checkbox } from '../../src/ui/Checkbox.tsx'
import { ComboBox } from '../../src/ui/ComboBox.tsx'
import { DateTime } from '../../src/ui/DateTime.tsx'
import { Area, Choice, Field } from '../../src/ui/Field.tsx'
import { Person } from '../../src/ui/Person.tsx'
import { Picker } from '../../src/ui/Picker.tsx'
import { Select } from '../../src/ui/Select.tsx'
import { Switch } from '../../src/ui/Switch.tsx'

export const Fields = () => (
  <>
    <Texts />
    <Answers />
    <Lists />
    <People />
  </>
)

const Texts = () => {
  const [at, setAt] = useState<number | undefined>(Date.UTC(2026, 4, 4, 8, 30))
  return (
    <section>
      <h2>Fields</h2>
      <Field label="Name" defaultValue="Beamline 4" hint="At most 64 characters." />
      <Field
        label="Address"
        prefix="chat.example.org/"
        defaultValue="Beam line"
        problem="No spaces, please."
      />
      <Field label="Identity" defaultValue="ana" disabled hint="Your organisation sets it." />
      <Area label="Purpose" placeholder="What is it for?" />
      <DateTime label="Send at" value={at} onChange={setAt} />
    </section>
  )
}

const Answers = () => {
  const [isOn, setOn] = useState(false)
  const [isChecked, setChecked] = useState(false)
  const [kind, setKind] = useState<'open' | 'private' | 'secret'>('open')
  return (
    <section>
      <h2>Answers</h2>
      <Switch label="Sounds" hint="For mentions only." isOn={isOn} onChange={setOn} />
      <Switch label="Desktop notices" isOn onChange={() => undefined} />
      <Switch label="Mails" hint="Your organisation sends none." isOn isDisabled onChange={() => undefined} />
      <Checkbox label="Also to the channel" isChecked={isChecked} onChange={setChecked} />
      <Checkbox label="All files" isChecked={false} isMixed onChange={() => undefined} />
      <Checkbox label="I agree" isChecked={false} problem="Needed to go on." onChange={() => undefined} />
      <Choice
        legend="Kind"
        value={kind}
        onChange={setKind}
        options={[
          { value: 'open', label: 'Public', hint: 'Everybody can join.' },
          { value: 'private', label: 'Private', hint: 'By invitation only.' },
          { value: 'secret', label: 'Secret', hint: 'Not for guests.', isDisabled: true },
        ]}
      />
    </section>
  )
}

const roles = [
  { value: 'guest', label: 'Guest', hint: 'Sees single channels.' },
  { value: 'member', label: 'Member' },
  { value: 'admin', label: 'Administrator' },
  { value: 'owner', label: 'Owner', isDisabled: true },
] as const
const zones = ['Africa/Cairo', 'America/Lima', 'Europe/Berlin', 'Europe/Paris', 'Europe/Zurich'].map(
  (value) => ({
    value,
    label: value,
  }),
)

const Lists = () => {
  const [role, setRole] = useState<(typeof roles)[number]['value']>('member')
  const [zone, setZone] = useState<string | undefined>('Europe/Berlin')
  return (
    <section>
      <h2>Lists</h2>
      <Select label="Role" value={role} options={roles} hint="For this channel." onChange={setRole} />
      <Select
        label="Place"
        value="member"
        options={roles}
        problem="Pick another."
        onChange={() => undefined}
      />
      <Select label="Fixed" value="member" options={roles} isDisabled onChange={() => undefined} />
      <ComboBox label="Time zone" value={zone} options={zones} placeholder="City" onChange={setZone} />
    </section>
  )
}

const everybody = ['Ana Lindqvist', 'Bo Karlsson', 'Chen Wei', 'Dora Maar', 'Emil Nolde', 'Fanny Hensel'].map(
  (name) => ({ id: name.slice(0, 3).toLowerCase(), name }),
)

const People = () => {
  const [chosen, setChosen] = useState<typeof everybody>([])
  return (
    <section>
      <h2>Picker</h2>
      <Picker
        label="People"
        chosen={chosen}
        most={3}
        placeholder="Search by name"
        none="Nobody found."
        find={async (term) => everybody.filter(({ name }) => name.toLowerCase().includes(term.toLowerCase()))}
        onChange={(next) => setChosen([...next])}
        keyOf={({ id }) => id}
        render={({ id, name }) => <Person id={id} name={name} username={id} />}
        renderChosen={({ name }) => name}
        removeLabel={({ name }) => `Remove ${name}`}
      />
    </section>
  )
}
