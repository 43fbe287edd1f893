import type { Channel, Team } from '@plausch/wire'
import { Menu } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { attempt, useText } from '../i18n/text.ts'
import { client } from '../platform/client.ts'
import { isDrawerOpen } from '../platform/drawer.ts'
import { toChannel } from '../platform/navigation.ts'
import type { Place } from '../platform/place.ts'
import { Busy } from '../ui/Busy.tsx'
import { Button, IconButton } from '../ui/Button.tsx'
import styles from './NotOpen.module.css'

type NotOpenProps = { place: Exclude<Place, { state: 'channel' | 'page' }>; team: Team }

/** The content for a path to something that this person cannot open. */
export const NotOpen = ({ place, team }: NotOpenProps) => {
  const say = useText()
  const [isBusy, setBusy] = useState(false)
  if (place.state === 'asking' || place.state === 'entry') return <Busy />

  const join = async (channel: Channel): Promise<void> => {
    setBusy(true)
    if (await attempt(() => client.channels.join(channel.id))) toChannel(channel)
    else setBusy(false)
  }
  const back = <Link to={`/${team.name}`}>{say('notFound.toTeam', { team: team.display_name })}</Link>

  return (
    <div className={styles.place} data-landmark tabIndex={-1}>
      <div className={styles.drawer}>
        <IconButton icon={Menu} label={say('main.channels')} onClick={() => isDrawerOpen.set(true)} />
      </div>
      {place.state === 'joinable' ? (
        <>
          <h1>{place.channel.display_name}</h1>
          <p>{place.channel.purpose || say('channel.joinLead')}</p>
          <Button kind="primary" isBusy={isBusy} onClick={() => void join(place.channel)}>
            {say('channel.joinSubmit')}
          </Button>
        </>
      ) : place.state === 'failed' ? (
        <>
          <h1>{say('problem.title')}</h1>
          <p>{say('problem.offline')}</p>
        </>
      ) : (
        <>
          <h1>{say(place.what === 'page' ? 'notFound.title' : `notFound.${place.what}`)}</h1>
          <p>{say('notFound.lead')}</p>
          {back}
        </>
      )}
    </div>
  )
}
