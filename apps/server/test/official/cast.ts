/** The people of the member's day, each with a client from the registry. */
import { Client4 } from '@mattermost/client'
import { type Mailbox, mailbox, type Place, place } from '@plausch/testkit'
import { type EventFrame, type ReplyFrame, settings } from '@plausch/wire'
import { WebSocket } from 'ws'
import { noted } from './asked.ts'

export type Day = {
  at: Place
  box: Mailbox
  /** Bo, whose day it is. */
  bo: Client4
  /** Ana, who administers the team. */
  ana: Client4
  /** The administrator of the server. */
  root: Client4
  teamId: string
  channelId: string
  /** The events that the sockets of all three got. */
  told: EventFrame[]
  stop(): Promise<void>
}

export const clientOf = (url: string): Client4 => {
  const client = noted(new Client4())
  client.setUrl(url)
  return client
}

export const signedIn = async (url: string, name: string, password: string): Promise<Client4> => {
  const client = clientOf(url)
  await client.login(name, password)
  return client
}

/** Records a person's events until the server stops. */
const overhear = async (url: string, client: Client4, told: EventFrame[]): Promise<void> => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v4/websocket`, {
    headers: { authorization: `Bearer ${client.getToken()}` },
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.on('message', (bytes) => {
      const frame = JSON.parse(bytes.toString()) as EventFrame | ReplyFrame
      if ('event' in frame) told.push(frame)
      resolve()
    })
  })
}

export const begin = async (): Promise<Day> => {
  const [at, box] = [await place(), await mailbox()]
  await at.root.call(settings.patch, {
    body: {
      EmailSettings: box.settings.EmailSettings,
      ServiceSettings: {
        ...box.settings.ServiceSettings,
        EnableMultifactorAuthentication: true,
        EnableUserAccessTokens: true,
        EnableEmailInvitations: true,
      },
      SupportSettings: { CustomTermsOfServiceEnabled: true },
      TeamSettings: { EnableUserDeactivation: true },
      FileSettings: { EnablePublicLink: true },
      GuestAccountsSettings: { Enable: true },
    },
  })
  const { url } = at.server
  const [bo, ana, root] = [
    await signedIn(url, at.bo.username, at.bo.password),
    await signedIn(url, at.ana.username, at.ana.password),
    await signedIn(url, at.root.username, at.root.password),
  ]
  const told: EventFrame[] = []
  for (const client of [bo, ana, root]) await overhear(url, client, told)
  return {
    at,
    box,
    told,
    ...{ bo, ana, root },
    teamId: at.team.id,
    channelId: at.townSquare.id,
    async stop() {
      await at.stop()
      await box.stop()
    },
  }
}
