import { partnerOf } from '@plausch/client'
import type { Channel } from '@plausch/wire'
import { useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, type TextId, type TextValues, useText } from '../../../i18n/text.ts'
import { perform, useActions } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { Button } from '../../../ui/Button.tsx'
import { PersonRow } from '../../people/users/PersonRow.tsx'
import styles from './Readers.module.css'
import { type Audience, audienceOf, loadAudience, readerCount } from './readers.ts'

type Rule = { id: TextId; values?: TextValues }

/** The rules by which people can read a channel, the most important one first. */
const rulesOf = (
  channel: Channel,
  { name, team, inTeam }: { name: string; team: string; inTeam: number },
  audience: Audience | undefined,
): Rule[] => {
  const count = audience?.members ?? 0
  const guests: Rule[] =
    audience && audience.guests > 0 ? [{ id: 'readers.guests', values: { count: audience.guests } }] : []
  switch (channel.type) {
    case 'O':
      return [
        { id: 'readers.public', values: { team, count: inTeam } },
        { id: 'readers.publicNow', values: { count } },
        ...guests,
        { id: 'readers.publicGuests' },
        { id: 'readers.admins' },
      ]
    case 'P':
      return [
        { id: 'readers.private', values: { count } },
        ...guests,
        { id: 'readers.privateHistory' },
        { id: 'readers.admins' },
      ]
    case 'G':
      return [{ id: 'readers.group', values: { count } }, { id: 'readers.noAdmins' }]
    case 'D':
      return partnerOf(channel, client.myId.get()) === client.myId.get()
        ? [{ id: 'readers.self' }, { id: 'readers.noAdmins' }]
        : [{ id: 'readers.direct', values: { name } }, { id: 'readers.noAdmins' }]
  }
}

/** Who can read a channel: the rules, the groups and the people. */
export const Readers = ({ channel, close }: { channel: Channel; close(): void }) => {
  const say = useText()
  const name = useSource(channelName(channel.id))
  const team = useSource(client.teams.records.at(channel.team_id))?.display_name ?? ''
  const audience = useSource(audienceOf(channel.id))
  const inTeam = useSource(readerCount(channel.id)) ?? 0
  const { id, type } = channel

  // biome-ignore lint/correctness/useExhaustiveDependencies: not again with every new message
  useEffect(() => void attempt(() => loadAudience(channel)), [id, type])

  const [first, ...others] = rulesOf(channel, { name, team, inTeam }, audience)
  const isKnown = audience !== undefined || type === 'D'
  return (
    <div className={styles.readers} aria-busy={!isKnown}>
      {first && <p className={styles.first}>{isKnown ? say(first.id, first.values) : '…'}</p>}
      {isKnown && (
        <ul className={styles.rules}>
          {others.map((rule) => (
            <li key={rule.id}>{say(rule.id, rule.values)}</li>
          ))}
        </ul>
      )}
      {audience && type !== 'D' && <People channel={channel} audience={audience} close={close} />}
    </div>
  )
}

const People = ({ channel, audience, close }: { channel: Channel; audience: Audience; close(): void }) => {
  const say = useText()
  const showAll = useActions('channel', channel, 'menu').find(({ action }) => action.name === 'members.show')
  return (
    <>
      {audience.groups.length > 0 && (
        <ul className={styles.groups} aria-label={say('readers.groups')}>
          {audience.groups.map((group) => (
            <GroupLine key={group.id} {...group} />
          ))}
        </ul>
      )}
      <ul className={styles.people} aria-label={say('channel.members')}>
        {audience.userIds.map((userId) => (
          <li key={userId}>
            <PersonRow userId={userId} />
          </li>
        ))}
      </ul>
      {showAll && audience.members > audience.userIds.length && (
        <Button
          kind="quiet"
          onClick={() => {
            close()
            perform(showAll.action, channel)
          }}
        >
          {say('readers.all', { count: audience.members })}
        </Button>
      )}
    </>
  )
}

const GroupLine = ({ id, count }: { id: string; count: number }) => {
  const say = useText()
  const group = useSource(client.groups.records.at(id))
  return group ? <li>{say('readers.ofGroup', { name: `@${group.name}`, count })}</li> : null
}
