import type { Team } from '@plausch/wire'
import { Menu, MessageSquare, Plus, Telescope } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { path } from '../browser/path.ts'
import { useSource } from '../browser/use-source.ts'
import { browseChannels, createChannel } from '../features/places/channels/dialogs.ts'
import { adminsOf, loadTeamAdmins } from '../features/places/channels/holders.ts'
import { attempt, useText } from '../i18n/text.ts'
import { client } from '../platform/client.ts'
import { isDrawerOpen } from '../platform/drawer.ts'
import { isRestLoaded, loadRest, partsOf, rest } from '../platform/feature.ts'
import { HelpDesk } from '../platform/HelpDesk.tsx'
import { personName } from '../platform/names.ts'
import { toConversation } from '../platform/navigation.ts'
import { addressOf, type Place } from '../platform/place.ts'
import { Busy } from '../ui/Busy.tsx'
import { Button, IconButton } from '../ui/Button.tsx'
import { Joinable } from './Joinable.tsx'
import styles from './NotOpen.module.css'

type MissingProps = { place: Extract<Place, { state: 'missing' | 'failed' }>; team: Team }
type NotOpenProps = { place: Extract<Place, { state: 'joinable' | 'missing' | 'failed' }>; team: Team }

/** The content for a path to something that this person cannot open. */
export const NotOpen = ({ place, team }: NotOpenProps) => {
  if (place.state === 'joinable')
    return <Joinable key={place.channel.id} channel={place.channel} team={team} target={place.target} />
  if (place.state === 'missing' && place.what === 'page') return <LatePage place={place} team={team} />
  return <Nothing place={place} team={team} />
}

/** A page that is declared with what is loaded later; otherwise there is nothing at the path. */
const LatePage = ({ place, team }: MissingProps) => {
  const current = useSource(path)
  useSource(rest)
  const [isFailed, setFailed] = useState(false)
  useEffect(() => void loadRest().catch(() => setFailed(true)), [])
  if (!isRestLoaded() && !isFailed) return <Busy />
  const wanted = addressOf(current)?.wanted
  const page = wanted?.kind === 'page' && partsOf('pages').find((each) => each.path === wanted.name)
  if (!page) return <Nothing place={place} team={team} />
  return <page.Screen key={page.path} rest={wanted.rest} />
}

const Nothing = ({ place, team }: MissingProps) => {
  const say = useText()
  const isChannel = place.state === 'missing' && place.what === 'channel'
  return (
    <div className={styles.place} data-landmark tabIndex={-1}>
      <div className={styles.drawer}>
        <IconButton icon={Menu} label={say('main.channels')} onClick={() => isDrawerOpen.set(true)} />
      </div>
      {place.state === 'failed' ? (
        <>
          <h1>{say('problem.title')}</h1>
          <p>{say('problem.offline')}</p>
        </>
      ) : (
        <>
          <h1>{say(place.what === 'page' ? 'notFound.title' : `notFound.${place.what}`)}</h1>
          <p>{say(isChannel ? 'notFound.channelLead' : 'notFound.lead')}</p>
          {isChannel && <ChannelHelp team={team} />}
          <Link to={`/${team.name}`}>{say('notFound.toTeam', { team: team.display_name })}</Link>
          <HelpDesk />
        </>
      )}
    </div>
  )
}

const NOBODY: readonly string[] = []
/** So many people are enough to ask. */
const MOST = 3

/** What to do when a channel is not there: look for another one, make it, or ask. */
const ChannelHelp = ({ team }: { team: Team }) => {
  const say = useText()
  const me = useSource(client.myId)
  const mayCreate = useSource(client.roles.permissions(team.id)).has('create_public_channel')
  const admins = (useSource(adminsOf(team.id)) ?? NOBODY).filter((id) => id !== me).slice(0, MOST)
  useEffect(() => void loadTeamAdmins(team.id).catch(() => undefined), [team.id])
  return (
    <>
      <div className={styles.help}>
        <Button kind="primary" icon={Telescope} onClick={() => browseChannels.open({ teamId: team.id })}>
          {say('channel.browse')}
        </Button>
        {mayCreate && (
          <Button icon={Plus} onClick={() => createChannel.open({ teamId: team.id })}>
            {say('channel.create')}
          </Button>
        )}
      </div>
      {admins.length > 0 && (
        <>
          <p>{say('notFound.ask')}</p>
          <div className={styles.help}>
            {admins.map((userId) => (
              <Ask key={userId} userId={userId} />
            ))}
          </div>
        </>
      )}
    </>
  )
}

const Ask = ({ userId }: { userId: string }) => {
  const say = useText()
  const name = useSource(personName(userId))
  return (
    <Button kind="quiet" icon={MessageSquare} onClick={() => void attempt(() => toConversation([userId]))}>
      {say('notFound.write', { name })}
    </Button>
  )
}
