import type { DirectoryPreview } from '@plausch/wire'
import type { ReactNode } from 'react'
import { useText } from '../../../i18n/text.ts'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import styles from './Directory.module.css'
import { problemText, reasonText, triggerText } from './words.ts'

type Named = { dn: string; username: string; first_name: string; last_name: string; email: string }

const nameOf = ({ first_name, last_name, username }: Named): string =>
  [first_name, last_name].filter(Boolean).join(' ') || username

/** What a pass would do now: how many, and who. */
export const Preview = ({ preview }: { preview: DirectoryPreview }) => {
  const say = useText()
  const { create_count, change_count, restore_count, deactivate_count, missing_count, problem_count } =
    preview
  const people = (list: readonly Named[]) =>
    list.map((each) => (
      <li key={each.dn}>
        {nameOf(each)} <small>{[`@${each.username}`, each.email].join(' · ')}</small>
      </li>
    ))
  return (
    <div className={styles.preview}>
      <p>
        <strong>
          {say('directory.would', { create: create_count, change: change_count, gone: deactivate_count })}
        </strong>
      </p>
      {restore_count > 0 && <p>{say('directory.wouldRestore', { count: restore_count })}</p>}
      {missing_count > 0 && <p>{say('directory.missingNow', { count: missing_count })}</p>}
      {preview.triggers.length > 0 && (
        <p className={styles.bad}>
          {say('directory.wouldBrake')} {preview.triggers.map((each) => triggerText(say, each)).join(' ')}
        </p>
      )}
      <List title={say('directory.new')} count={create_count}>
        {people(preview.create)}
      </List>
      <List title={say('directory.changed')} count={change_count}>
        {people(preview.change)}
      </List>
      <List title={say('directory.gone')} count={deactivate_count}>
        {preview.deactivate.map(({ user_id, username, reason }) => (
          <li key={user_id}>
            @{username} <small>{reasonText(say, reason)}</small>
          </li>
        ))}
      </List>
      <Moves
        title={say('directory.groups')}
        places={preview.groups.map((each) => ({ ...each, id: each.group_id }))}
      />
      <Moves title={say('directory.places')} places={preview.places} />
      <List title={say('directory.problems')} count={problem_count}>
        {preview.problems.map(({ dn, problem }) => (
          <li key={dn + problem}>
            {dn} <small>{problemText(say, problem)}</small>
          </li>
        ))}
      </List>
    </div>
  )
}

type Place = { id: string; display_name: string; add_count: number; remove_count: number }

/** How many people come into each place, and how many leave it. */
const Moves = ({ title, places }: { title: string; places: readonly Place[] }) => {
  const say = useText()
  return (
    <List title={title} count={places.length}>
      {places.map(({ id, display_name, add_count, remove_count }) => (
        <li key={id}>
          {display_name} <small>{say('directory.moves', { in: add_count, out: remove_count })}</small>
        </li>
      ))}
    </List>
  )
}

type ListProps = { title: string; count: number; children: readonly ReactNode[] }

/** Long lists are cut by the server; the number is not. */
const List = ({ title, count, children }: ListProps) => {
  const say = useText()
  if (count === 0) return null
  return (
    <Disclosure title={title} note={count}>
      <ul className={styles.list}>{children}</ul>
      {children.length < count && (
        <p className={styles.soft}>{say('directory.andMore', { count: count - children.length })}</p>
      )}
    </Disclosure>
  )
}
