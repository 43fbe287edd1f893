/** What is shown and pressed, but opens nothing. */
import { Archive, Bold, Bot, Code, Inbox, Italic, Pin, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { notify } from '../../src/browser/notices.ts'
import { Avatar } from '../../src/ui/Avatar.tsx'
import { Badge } from '../../src/ui/Badge.tsx'
import { Banner } from '../../src/ui/Banner.tsx'
import { Button, IconButton } from '../../src/ui/Button.tsx'
import { Disclosure } from '../../src/ui/Disclosure.tsx'
import { EmptyState } from '../../src/ui/EmptyState.tsx'
import { Pane } from '../../src/ui/Pane.tsx'
import { Person } from '../../src/ui/Person.tsx'
import { Progress } from '../../src/ui/Progress.tsx'
import { Skeleton } from '../../src/ui/Skeleton.tsx'
import { Tabs } from '../../src/ui/Tabs.tsx'
import { Tag } from '../../src/ui/Tag.tsx'
import { Toolbar } from '../../src/ui/Toolbar.tsx'

export const Quiet = () => (
  <>
    <Buttons />
    <Bars />
    <Signs />
    <Waiting />
    <Places />
    <Side />
  </>
)

const Buttons = () => (
  <section>
    <h2>Buttons</h2>
    <div className="line">
      <Button kind="primary">Create channel</Button>
      <Button>Cancel</Button>
      <Button kind="quiet">Show more</Button>
      <Button kind="danger">Delete</Button>
    </div>
    <div className="line">
      <Button icon={Plus}>Add people</Button>
      <Button kind="primary" isBusy>
        Saving
      </Button>
      <Button disabled>Not now</Button>
      <Button kind="primary" disabled>
        Send
      </Button>
    </div>
    <div className="line">
      <IconButton icon={Pin} label="Pin message" keys="Ctrl+P" />
      <IconButton icon={Archive} label="Archive" aria-pressed />
      <IconButton icon={Trash2} label="Delete" disabled />
      <Button
        onClick={() => notify('done', 'Channel left', { label: 'Undo', run: () => notify('done', 'Back') })}
      >
        Leave with notice
      </Button>
      <Button onClick={() => notify('failed', 'The server cannot be reached.')}>Fail</Button>
    </div>
  </section>
)

const Bars = () => (
  <section>
    <h2>Toolbar, banners</h2>
    <Toolbar label="Formatting">
      <IconButton icon={Bold} label="Bold" keys="Ctrl+B" />
      <IconButton icon={Italic} label="Italic" />
      <IconButton icon={Trash2} label="Remove" disabled />
      <IconButton icon={Code} label="Code" />
    </Toolbar>
    <Banner actions={<Button kind="quiet">Reload</Button>}>A new version is ready.</Banner>
    <Banner kind="warning" onClose={() => undefined}>
      This channel is archived. Nobody can write here.
    </Banner>
  </section>
)

const Signs = () => (
  <section>
    <h2>People, badges, tags</h2>
    <Person id="a" name="Ana Lindqvist" username="ana" status="online" note="Cryogenics" />
    <div className="line">
      <Avatar id="b" name="Bo Karlsson" />
      <Avatar
        id="c"
        name="Chen Wei"
        picture="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
      />
      <Badge count={3} label="3 mentions" />
      <Badge count={240} label="240 mentions" />
      <Tag icon={Bot}>Bot</Tag>
      <Tag kind="accent">Admin</Tag>
      <Tag kind="alarm">Failed</Tag>
    </div>
  </section>
)

const Waiting = () => (
  <section>
    <h2>Waiting</h2>
    <Progress label="report.pdf" value={0.4} />
    <Progress label="Looking for it" />
    <Skeleton />
    <Skeleton kind="rows" count={2} />
  </section>
)

const Places = () => {
  const [tab, setTab] = useState<'general' | 'people' | 'files'>('general')
  return (
    <section>
      <h2>Tabs, disclosure, empty</h2>
      <Tabs
        label="Settings"
        chosen={tab}
        onChange={setTab}
        tabs={[
          { id: 'general', label: 'General' },
          { id: 'people', label: 'People', count: 12 },
          { id: 'files', label: 'Files' },
        ]}
      >
        {tab === 'files' ? (
          <EmptyState icon={Inbox} title="No files yet" action={<Button>Upload a file</Button>}>
            What people send in this channel appears here.
          </EmptyState>
        ) : (
          <p>Content of {tab}.</p>
        )}
      </Tabs>
      <Disclosure title="Advanced" note="2">
        <p>Folded matter.</p>
      </Disclosure>
    </section>
  )
}

const Side = () => {
  const [isOpen, setOpen] = useState(false)
  return (
    <section>
      <h2>Pane</h2>
      <Button onClick={() => setOpen(true)}>Open pane</Button>
      {isOpen && (
        <div className="pane">
          <Pane
            title="Members"
            subtitle="12 people"
            actions={<IconButton icon={Plus} label="Add people" />}
            onClose={() => setOpen(false)}
          >
            <Person id="a" name="Ana Lindqvist" username="ana" status="online" />
          </Pane>
        </div>
      )}
    </section>
  )
}
