import { type Namespace, namespaces as operations } from '@plausch/wire'
import { FolderTree } from 'lucide-react'
import { notify } from '../../../browser/notices.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Section } from '../../../platform/console/PageFrame.tsx'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Table } from '../../../ui/Table.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { removeDialog } from './dialogs.ts'
import { MadePlaces } from './MadePlaces.tsx'
import styles from './Namespaces.module.css'
import { ruleText } from './words.ts'

type RuleListProps = {
  rules: readonly Namespace[]
  open(id: string): void
  add(): void
  /** A rule was switched or removed. */
  changed(): void
}

export const RuleList = ({ rules, open, add, changed }: RuleListProps) => {
  const say = useText()
  return (
    <Section
      title={say('namespaces.rules')}
      actions={
        <Button kind="primary" onClick={add}>
          {say('namespaces.add')}
        </Button>
      }
    >
      {rules.length === 0 ? (
        <EmptyState icon={FolderTree} title={say('namespaces.none')}>
          {say('namespaces.noneLead')}
        </EmptyState>
      ) : (
        <Table
          caption={say('namespaces.rules')}
          columns={[
            say('namespaces.name'),
            say('namespaces.state'),
            say('namespaces.made'),
            say('directory.action'),
          ]}
          rows={rules.map((rule) => ({
            key: rule.id,
            cells: [
              <Named key="name" rule={rule} />,
              <State key="state" rule={rule} />,
              say('namespaces.counts', { made: rule.place_count, waiting: rule.problem_count }),
              <Actions key="actions" rule={rule} open={open} changed={changed} />,
            ],
            more: rule.place_count + rule.problem_count > 0 && <MadePlaces rule={rule} />,
          }))}
        />
      )}
    </Section>
  )
}

const Named = ({ rule }: { rule: Namespace }) => {
  const say = useText()
  return (
    <>
      {rule.name}
      <small className={styles.soft}>
        {ruleText(say, rule)}
        {rule.base && <code>{rule.base}</code>}
      </small>
    </>
  )
}

const State = ({ rule }: { rule: Namespace }) => {
  const say = useText()
  return (
    <Tag kind={rule.is_on ? 'accent' : 'plain'}>{say(rule.is_on ? 'namespaces.on' : 'namespaces.off')}</Tag>
  )
}

type ActionsProps = { rule: Namespace; open(id: string): void; changed(): void }

const Actions = ({ rule, open, changed }: ActionsProps) => {
  const say = useText()
  const { name } = rule
  const remove = (): void =>
    removeDialog.open({
      name,
      run: async () => {
        await client.call(operations.remove, { params: { namespace_id: rule.id } })
        notify('done', say('namespaces.removed', { name }))
        changed()
      },
    })
  const stop = (): void =>
    void attempt(async () => {
      const { id, create_at: _, place_count: __, problem_count: ___, ...body } = rule
      await client.call(operations.update, { params: { namespace_id: id }, body: { ...body, is_on: false } })
      changed()
    })
  return (
    <div className={styles.actions}>
      <Button aria-label={say('namespaces.editNamed', { name })} onClick={() => open(rule.id)}>
        {say('namespaces.edit')}
      </Button>
      {rule.is_on && (
        <Button aria-label={say('namespaces.stopNamed', { name })} onClick={stop}>
          {say('namespaces.stop')}
        </Button>
      )}
      <Button kind="quiet" aria-label={say('namespaces.removeNamed', { name })} onClick={remove}>
        {say('namespaces.remove')}
      </Button>
    </div>
  )
}
