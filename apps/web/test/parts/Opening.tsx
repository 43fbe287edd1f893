/** What opens over the page. */
import { Bell, Copy, EllipsisVertical, Pencil, Reply, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button, IconButton } from '../../src/ui/Button.tsx'
import { Command } from '../../src/ui/Command.tsx'
import { Confirm } from '../../src/ui/Confirm.tsx'
import { useContextMenu } from '../../src/ui/context-menu.ts'
import { Dialog } from '../../src/ui/Dialog.tsx'
import { Field } from '../../src/ui/Field.tsx'
import { Menu, type MenuItem } from '../../src/ui/Menu.tsx'
import { Person } from '../../src/ui/Person.tsx'
import { AnchoredPopover, Popover } from '../../src/ui/Popover.tsx'
import { Select } from '../../src/ui/Select.tsx'
import { StatusDot } from '../../src/ui/StatusDot.tsx'

export const Opening = () => (
  <>
    <Menus />
    <Popovers />
    <Dialogs />
  </>
)

const Menus = () => {
  const [said, say] = useState('')
  const [isMuted, setMuted] = useState(false)
  const [status, setStatus] = useState('online')
  const items: MenuItem[] = [
    { label: 'Reply', icon: Reply, keys: 'R', run: () => say('reply') },
    { label: 'Copy link', icon: Copy, run: () => say('copy') },
    { label: 'Edit', icon: Pencil, isDisabled: true, hint: 'Only the author may.', run: () => say('edit') },
    { label: 'Muted', icon: Bell, isChecked: isMuted, staysOpen: true, run: () => setMuted(!isMuted) },
    {
      kind: 'submenu',
      label: 'Remind me',
      items: [
        { label: 'In an hour', run: () => say('hour') },
        { label: 'Tomorrow', run: () => say('tomorrow') },
      ],
    },
    { kind: 'heading', label: 'Status' },
    ...(['online', 'away'] as const).map((each) => ({
      label: each,
      mark: <StatusDot status={each} />,
      isChosen: status === each,
      run: () => setStatus(each),
    })),
    { kind: 'line' },
    { label: 'Delete', icon: Trash2, isDanger: true, run: () => say('delete') },
  ]
  const context = useContextMenu(() => items, 'Message')
  return (
    <section>
      <h2>Menus</h2>
      <div className="line">
        <Menu
          label="Message"
          items={items}
          button={(props) => <IconButton {...props} icon={EllipsisVertical} label="More" />}
        />
        <Menu
          label="Page"
          align="end"
          items={items}
          button={(props) => <Button {...props}>Page menu</Button>}
        />
        <output>{said}</output>
      </div>
      <div {...context} role="article" aria-label="A message" tabIndex={0}>
        A message with a menu of its own.
      </div>
    </section>
  )
}

const Popovers = () => {
  const [anchor, setAnchor] = useState<Element | DOMRect>()
  return (
    <section>
      <h2>Popovers</h2>
      <div className="line">
        <Popover label="Profile" button={(props) => <Button {...props}>Ana</Button>}>
          {(close) => (
            <div className="card">
              <Person id="a" name="Ana Lindqvist" username="ana" status="online" />
              <Button kind="primary" onClick={close}>
                Write a message
              </Button>
              <Menu
                label="Person"
                items={[{ label: 'Block', run: close }]}
                button={(props) => <Button {...props}>More</Button>}
              />
            </div>
          )}
        </Popover>
        <Button onClick={(event) => setAnchor(event.currentTarget)}>Beside me</Button>
        <Button onClick={() => setAnchor(new DOMRect(120, 160, 10, 20))}>Somewhere</Button>
        {anchor && (
          <AnchoredPopover label="Anchored" anchor={anchor} onClose={() => setAnchor(undefined)}>
            <div className="card">
              <Field label="Search emoji" />
            </div>
          </AnchoredPopover>
        )}
      </div>
    </section>
  )
}

type Open = 'small' | 'large' | 'full' | 'confirm' | 'failing' | 'command' | 'gone'

const Dialogs = () => {
  const [open, setOpen] = useState<Open>()
  const [isGone, setGone] = useState(false)
  const close = (): void => setOpen(undefined)
  return (
    <section>
      <h2>Dialogs</h2>
      <div className="line">
        {(['small', 'large', 'full', 'confirm', 'failing', 'command'] as const).map((each) => (
          <Button key={each} onClick={() => setOpen(each)}>
            Open {each}
          </Button>
        ))}
        {!isGone && (
          <Button
            onClick={() => {
              setGone(true)
              setOpen('small')
            }}
          >
            Vanish
          </Button>
        )}
      </div>
      {(open === 'small' || open === 'large' || open === 'full') && <Form size={open} close={close} />}
      {open === 'confirm' && (
        <Confirm
          title="Delete this message?"
          lead="Nobody can bring it back."
          action="Delete"
          isDanger
          run={() => Promise.resolve()}
          onClose={close}
        />
      )}
      {open === 'failing' && (
        <Confirm title="Leave?" action="Leave" run={() => Promise.reject(new Error('no'))} onClose={close} />
      )}
      {open === 'command' && <Switcher close={close} />}
    </section>
  )
}

const Form = ({ size, close }: { size: 'small' | 'large' | 'full'; close(): void }) => {
  const [role, setRole] = useState('a')
  return (
    <Dialog
      title="Create channel"
      hint="For a topic or a team."
      size={size}
      onClose={close}
      onSubmit={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" type="submit">
            Create channel
          </Button>
        </>
      }
    >
      <Field label="Name" />
      <Select
        label="Kind"
        value={role}
        options={[
          { value: 'a', label: 'Public' },
          { value: 'b', label: 'Private' },
        ]}
        onChange={setRole}
      />
      <Menu
        label="Inside"
        items={[{ label: 'One', run: close }]}
        button={(props) => <Button {...props}>Inner menu</Button>}
      />
    </Dialog>
  )
}

const candidates = Array.from({ length: 2300 }, (_, i) => {
  const words = ['beam', 'cryo', 'detector', 'vacuum', 'laser', 'magnet', 'sample', 'safety']
  return { id: `c${i}`, name: `${words[i % 8]} ${words[(i * 3 + 1) % 8]} ${i}` }
})

const Switcher = ({ close }: { close(): void }) => {
  const [term, setTerm] = useState('')
  const hits = useMemo(() => candidates.filter(({ name }) => name.includes(term.toLowerCase())), [term])
  return (
    <Command
      label="Go to"
      results="Results"
      placeholder="Channel or person"
      term={term}
      onTerm={setTerm}
      groups={[
        { label: 'Recent', items: term === '' ? hits.slice(0, 3) : [] },
        { label: 'Channels', items: hits },
      ]}
      keyOf={({ id }) => id}
      render={({ id, name }) => <Person id={id} name={name} username={id} />}
      choose={close}
      none="Nothing fits."
      foot="Enter opens, Esc closes"
      onClose={close}
    />
  )
}
