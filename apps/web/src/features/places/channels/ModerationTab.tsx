import { type Channel, type ChannelModeration, channels as operations } from '@plausch/wire'
import { useEffect, useMemo, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, problemOf, type TextId, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import forms from '../../../ui/Form.module.css'
import styles from './ChannelSettings.module.css'
import { reasonSource } from './rights.ts'
import { useReason } from './use-reason.ts'

type Role = 'members' | 'guests'
type Name =
  | 'create_post'
  | 'create_reactions'
  | 'manage_members'
  | 'use_channel_mentions'
  | 'manage_bookmarks'

const LABELS: Record<Name, TextId> = {
  create_post: 'moderation.post',
  create_reactions: 'moderation.react',
  manage_members: 'moderation.members',
  use_channel_mentions: 'moderation.mention',
  manage_bookmarks: 'moderation.bookmarks',
}

const isKnown = (name: string): name is Name => name in LABELS

/** Who may do what in the channel: members and guests; admins may do all of it. */
export const ModerationTab = ({ channel }: { channel: Channel }) => {
  const say = useText()
  const why = useReason(useSource(useMemo(() => reasonSource(channel.id, 'moderate'), [channel.id])))
  const rights = useSource(client.roles.permissions(channel.team_id, channel.id))
  const maySee = rights.has('sysconsole_read_user_management_channels')
  const [rules, setRules] = useState<readonly ChannelModeration[]>()
  const [problem, setProblem] = useState('')
  const params = { channel_id: channel.id }

  useEffect(() => {
    if (!maySee) return
    let isCurrent = true
    client.call(operations.getModerations, { params: { channel_id: channel.id } }).then(
      (found) => isCurrent && setRules(found),
      (error: unknown) => isCurrent && setProblem(problemOf(error)),
    )
    return () => {
      isCurrent = false
    }
  }, [channel.id, maySee])

  const allow = (changes: readonly { name: Name; role: Role; value: boolean }[]): void =>
    void attempt(async () => {
      const body = changes.map(({ name, role, value }) => ({ name, roles: { [role]: value } }))
      setRules(await client.call(operations.patchModerations, { params, body }))
    })

  if (!maySee) {
    const mayPost = rights.has('create_post')
    return (
      <>
        <p>{say(mayPost ? 'moderation.youMayPost' : 'moderation.youMayNotPost')}</p>
        <p className={forms.why}>{why}</p>
      </>
    )
  }
  if (problem) return <p className={forms.why}>{problem}</p>
  if (!rules) return <Busy />
  const post = rules.find(({ name }) => name === 'create_post')
  const isReadOnly = post?.roles.members.value === false && post.roles.guests?.value !== true
  return (
    <>
      <p className={styles.lead}>{say('moderation.lead')}</p>
      {why && <p className={forms.why}>{why}</p>}
      <table className={styles.rules}>
        <thead>
          <tr>
            <th scope="col">{say('moderation.right')}</th>
            <th scope="col">{say('moderation.forMembers')}</th>
            <th scope="col">{say('moderation.forGuests')}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map(
            ({ name, roles }) =>
              isKnown(name) && (
                <tr key={name}>
                  <th scope="row">{say(LABELS[name])}</th>
                  {(['members', 'guests'] as const).map((role) => (
                    <td key={role}>
                      {roles[role] && (
                        <input
                          type="checkbox"
                          aria-label={`${say(LABELS[name])}: ${say(
                            role === 'members' ? 'moderation.forMembers' : 'moderation.forGuests',
                          )}`}
                          checked={roles[role].value}
                          disabled={why !== '' || !roles[role].enabled}
                          onChange={(event) => allow([{ name, role, value: event.target.checked }])}
                        />
                      )}
                    </td>
                  ))}
                </tr>
              ),
          )}
        </tbody>
      </table>
      <Button
        disabled={why !== ''}
        onClick={() =>
          allow([
            { name: 'create_post', role: 'members', value: isReadOnly },
            { name: 'create_post', role: 'guests', value: isReadOnly },
          ])
        }
      >
        {say(isReadOnly ? 'moderation.open' : 'moderation.readOnly')}
      </Button>
    </>
  )
}
