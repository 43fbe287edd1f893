import { type HeldRemovals, directory as operations } from '@plausch/wire'
import { notify } from '../../../browser/notices.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Section } from '../../../platform/console/PageFrame.tsx'
import { dialog } from '../../../platform/dialogs.ts'
import { Button } from '../../../ui/Button.tsx'
import { Confirm } from '../../../ui/Confirm.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import styles from './Directory.module.css'
import { reasonText, triggerText } from './words.ts'

type ReleaseProps = { count: number; seen: string; done(): void; close(): void }

const Release = ({ count, seen, done, close }: ReleaseProps) => {
  const say = useText()
  const release = async (): Promise<void> => {
    await client.call(operations.release, { body: { seen } })
    done()
    notify('done', say('directory.released'))
  }
  return (
    <Confirm
      title={say('directory.releaseTitle', { count })}
      lead={say('directory.releaseLead')}
      action={say('directory.release')}
      isDanger
      run={release}
      onClose={close}
    />
  )
}
const releaseDialog = dialog(async () => Release)

/** `passes` changes when a pass begins or ends; `begin` tells that one has begun. */
type HeldProps = { mayRelease: boolean; passes: number; begin(): void }

/** The removals that the brake holds back. An administrator lets them go, or discards them. */
export const Held = ({ mayRelease, passes, begin }: HeldProps) => {
  const say = useText()
  const { value, problem, again } = useAnswer(() => client.call(operations.held), String(passes))
  const discard = (): Promise<boolean> =>
    attempt(async () => {
      await client.call(operations.discard)
      again()
    })
  if (problem !== '') return <FormProblem text={problem} />
  const count = value ? value.people.length + value.memberships.length : 0
  // An answer that is not believed may hold back what no list tells.
  if (!value || count + value.triggers.length === 0) return null
  return (
    <Section
      title={say('directory.held', { count })}
      lead={say('directory.heldLead')}
      actions={
        mayRelease && (
          <>
            <Button onClick={() => void discard()}>{say('directory.discard')}</Button>
            <Button
              kind="danger"
              onClick={() => releaseDialog.open({ count, seen: value.seen, done: begin })}
            >
              {say('directory.release')}
            </Button>
          </>
        )
      }
    >
      <People held={value} />
    </Section>
  )
}

const People = ({ held: { triggers, people, memberships } }: { held: HeldRemovals }) => {
  const say = useText()
  return (
    <>
      <p className={styles.bad}>{triggers.map((each) => triggerText(say, each)).join(' ')}</p>
      <ul className={styles.list}>
        {people.map(({ user_id, username, reason }) => (
          <li key={user_id}>
            @{username} <small>{reasonText(say, reason)}</small>
          </li>
        ))}
        {memberships.map(({ user_id, place_id, username, display_name }) => (
          <li key={user_id + place_id}>
            @{username} <small>{say('directory.leaves', { place: display_name })}</small>
          </li>
        ))}
      </ul>
    </>
  )
}
