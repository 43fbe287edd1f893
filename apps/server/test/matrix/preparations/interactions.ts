import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { interactions, posts, settings } from '@plausch/wire'
import { type Draft, type Preparations, roomOf } from '../draft.ts'

/** An integration that answers everybody with an empty object, and the triggers that it got. */
const withIntegration = async (draft: Draft) => {
  const triggers: string[] = []
  const server = createServer(async (request, reply) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    triggers.push((JSON.parse(body) as { trigger_id: string }).trigger_id)
    reply.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  draft.after = async () => void server.close()
  await draft.scene.owner.call(settings.patch, {
    body: { ServiceSettings: { AllowedUntrustedInternalConnections: '127.0.0.1' } },
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, triggers }
}

const withButton = async (draft: Draft, url: string) => {
  const actions = [{ id: 'yes', type: 'button', name: 'Yes', integration: { url } }]
  const body = { channel_id: roomOf(draft).id, message: '', props: { attachments: [{ actions }] } }
  const { id } = await draft.scene.owner.call(posts.create, { body })
  return { post_id: id, action: 'yes' }
}

const fillingIn = async (draft: Draft) => {
  const { url } = await withIntegration(draft)
  draft.body = { url, channel_id: roomOf(draft).id, submission: {} }
}

export const interactionsPreparations: Preparations = {
  'interactions.press': async (draft) => {
    const { url } = await withIntegration(draft)
    Object.assign(draft.params, await withButton(draft, url))
    draft.body = {}
  },
  'interactions.openDialog': async (draft) => {
    const { url, triggers } = await withIntegration(draft)
    const params = await withButton(draft, url)
    await draft.scene.owner.call(interactions.press, { params, body: {} })
    draft.body = { trigger_id: triggers[0], url, dialog: { title: 'Dialog' } }
  },
  'interactions.submitDialog': fillingIn,
  'interactions.lookUpOptions': fillingIn,
}
