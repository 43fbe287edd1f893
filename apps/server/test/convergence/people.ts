import { channelOf, formWith, type Person, signIn, signUp, unique } from '@plausch/testkit'
import {
  type AttributeField,
  accounts as accountOperations,
  attributes,
  categories,
  groups,
  mfa,
  preferences,
  presence,
  profiles,
  roles,
  settings,
  terms,
  users,
} from '@plausch/wire'
import { generate } from 'otplib'
import { describe, expect, it } from 'vitest'
import type { Cast } from './cast.ts'
import { picture } from './emoji.ts'

const oneself = { params: { user_id: 'me' } }

export const accounts = (cast: () => Cast) =>
  describe('people', () => {
    it('a profile, a picture, a status, a preference', async () => {
      const { bo, probe } = cast()
      const body = { nickname: 'Bobo', first_name: 'Bo' }
      const me = await probe([], () => bo.call(users.patch, { ...oneself, body }))
      const { id, username, email } = me
      await probe([], () =>
        bo.call(users.update, { ...oneself, body: { id, username, email, nickname: 'B' } }),
      )
      const send = async () => {
        const form = formWith('image', 'x.png', picture)
        const response = await bo.fetch('/api/v4/users/me/image', { method: 'POST', body: form })
        expect(response.status).toBe(200)
      }
      await probe([], send)
      await probe([], () => bo.call(profiles.removeImage, oneself))
      await probe([], () => bo.call(presence.set, { ...oneself, body: { user_id: bo.id, status: 'dnd' } }))
      const status = { emoji: 'tada', text: 'celebrating' }
      await probe([], () => bo.call(presence.setCustom, { ...oneself, body: status }))
      await probe([], () => bo.call(presence.clearCustom, oneself))
      const recent = await bo.call(preferences.list, oneself)
      const kept = recent.find(({ category }) => category === 'custom_status')
      const [used] = JSON.parse(kept?.value ?? '[]') as object[]
      await probe([], () => bo.call(presence.removeRecent, { ...oneself, body: used ?? status }))
      await bo.call(presence.setCustom, { ...oneself, body: status })
      await probe([], () => bo.call(presence.removeRecentByPost, { ...oneself, body: used ?? status }))
      const preference = {
        user_id: bo.id,
        category: 'display_settings',
        name: 'name_format',
        value: 'full_name',
      }
      await probe([], () => bo.call(preferences.save, { ...oneself, body: [preference] }))
      await probe([], () => bo.call(preferences.remove, { ...oneself, body: [preference] }))
    })

    it('the protection of an account, and terms to be accepted', async () => {
      const { bo, root, server, team, all, probe } = cast()
      const ida = await signUp(server, 'ida', team.invite_id)
      const about = { params: { user_id: ida.id } }
      const watchers = [...all, ida, root]
      const set = (value: boolean) =>
        root.call(settings.patch, {
          body: {
            ServiceSettings: { EnableMultifactorAuthentication: value },
            SupportSettings: { CustomTermsOfServiceEnabled: value },
          },
        })
      await set(true)
      await probe([], () => root.call(accountOperations.verifyMember, about), watchers)
      const { secret } = await probe([], () => ida.call(mfa.generate, about), watchers)
      const body = { activate: true, code: await generate({ secret }) }
      await probe([], () => ida.call(mfa.set, { ...about, body }), watchers)
      const made = await probe([], () => root.call(terms.create, { body: { text: 'Be kind.' } }), watchers)
      const answer = { termsOfServiceId: made.id, accepted: true }
      await probe([], () => bo.call(terms.confirm, { ...oneself, body: answer }))
      await set(false)
    })

    it('a person who becomes an administrator, a guest and a member again', async () => {
      const { root, server, team, all, probe } = cast()
      const nia = await signUp(server, 'nia', team.invite_id)
      const params = { user_id: nia.id }
      const body = { roles: 'system_user system_user_manager' }
      await probe([], () => root.call(users.setRoles, { params, body }), [...all, nia])
      await root.call(users.setRoles, { params, body: { roles: 'system_user' } })
      // Both end the person's sessions.
      await probe([], () => root.call(users.demote, { params }))
      await probe([], () => root.call(users.promote, { params }))
      const again = await signIn(server, nia.username)
      await probe([], () => root.call(users.deactivate, { params: { user_id: again.id } }))
    })

    it('permissions of roles, and settings', async () => {
      const { root, all, probe } = cast()
      const role = await root.call(roles.getByName, { params: { role_name: 'channel_user' } })
      const patch = (permissions: string[]) =>
        root.call(roles.patch, { params: { role_id: role.id }, body: { permissions } })
      await probe([], () => patch(role.permissions.filter((each) => each !== 'use_channel_mentions')), [
        ...all,
        root,
      ])
      await patch(role.permissions)
      const set = (SiteName: string) => root.call(settings.patch, { body: { TeamSettings: { SiteName } } })
      await probe([], () => set('Elsewhere'), [...all, root])
      const config = await root.call(settings.get, {})
      const body = { ...config, TeamSettings: { ...config.TeamSettings, SiteName: 'Here' } }
      await probe([], () => root.call(settings.replace, { body }), [...all, root])
    })

    it('a category added, moved and removed', async () => {
      const { bo, team, probe } = cast()
      const params = { user_id: 'me', team_id: team.id }
      const channel = await channelOf(bo, team, 'O')
      const made = await probe([], () =>
        bo.call(categories.create, { params, body: { display_name: 'Mine', channel_ids: [channel.id] } }),
      )
      const one = { ...params, category_id: made.id }
      const change = { id: made.id, collapsed: true }
      await probe([], () => bo.call(categories.update, { params: one, body: change }))
      const open = { id: made.id, collapsed: false }
      await probe([], () => bo.call(categories.updateAll, { params, body: [open] }))
      const order = await bo.call(categories.getOrder, { params })
      await probe([], () => bo.call(categories.setOrder, { params, body: order.toReversed() }))
      await probe([], () => bo.call(categories.remove, { params: one }))
    })
  })

export const mentionGroups = (cast: () => Cast) =>
  it('groups created, changed, filled, emptied, archived and restored', async () => {
    const { ana, bo, gil, probe } = cast()
    const name = unique('group')
    const made = await probe([], () =>
      ana.call(groups.create, { body: { name, display_name: 'Group', user_ids: [bo.id] } }),
    )
    const { params } = { params: { group_id: made.id } }
    await probe([], () => ana.call(groups.patch, { params, body: { display_name: 'Other' } }))
    await probe([], () => ana.call(groups.addMembers, { params, body: { user_ids: [ana.id, gil.id] } }))
    await probe([], () => ana.call(groups.removeMembers, { params, body: { user_ids: [bo.id] } }))
    await probe([], () => ana.call(groups.archive, { params }))
    await probe([], () => ana.call(groups.restore, { params }))
  })

export const profileFields = (cast: () => Cast) =>
  describe('attributes', () => {
    it('defined, changed, filled in, shown and hidden, and removed', async () => {
      const { bo, root, all, probe } = cast()
      const everybody = [...all, root]
      const define = (body: Pick<AttributeField, 'type'> & { name: string; attrs?: object }) =>
        root.call(attributes.createField, { body })
      const field = await probe([], () => define({ name: unique('room'), type: 'text' }), everybody)
      const params = { field_id: field.id }
      const own = (values: Record<string, string | string[]>) =>
        bo.call(attributes.patchOwn, { body: values })
      await probe([], () => own({ [field.id]: 'Building 7' }), everybody)
      await probe(
        [],
        () =>
          root.call(attributes.patchOfUser, {
            params: { user_id: bo.id },
            body: { [field.id]: 'Building 8' },
          }),
        everybody,
      )
      const visible = (visibility: 'always' | 'hidden') =>
        root.call(attributes.patchField, { params, body: { attrs: { visibility } } })
      await probe([], () => visible('hidden'), everybody)
      await probe([], () => own({ [field.id]: 'Building 9' }), everybody)
      await probe([], () => visible('always'), everybody)
      const choice = await define({
        name: unique('colour'),
        type: 'select',
        attrs: { options: [{ name: 'Blue' }, { name: 'Red' }] },
      })
      const [blue, red] = choice.attrs.options ?? []
      await own({ [choice.id]: blue?.id ?? '' })
      await probe(
        [],
        () =>
          root.call(attributes.patchField, {
            params: { field_id: choice.id },
            body: { attrs: { options: red ? [red] : [] } },
          }),
        everybody,
      )
      await probe([], () => root.call(attributes.patchField, { params, body: { type: 'date' } }), everybody)
      for (const { id } of [field, choice])
        await probe([], () => root.call(attributes.removeField, { params: { field_id: id } }), everybody)
    })

    it('of people whom a guest does not meet are not sent to the guest', async () => {
      const { root, gil, kim } = cast()
      const field = await root.call(attributes.createField, { body: { name: unique('room'), type: 'text' } })
      const told = async (listener: Awaited<ReturnType<Person['listen']>>) => {
        await listener.settle()
        return listener.all('custom_profile_attributes_values_updated').length
      }
      const [guest, admin] = [await gil.listen(), await root.listen()]
      await kim.call(attributes.patchOwn, { body: { [field.id]: 'Building 7' } })
      expect([await told(guest), await told(admin)]).toEqual([0, 1])
      await cast().bo.call(attributes.patchOwn, { body: { [field.id]: 'Building 8' } })
      expect([await told(guest), await told(admin)]).toEqual([1, 2])
      await root.call(attributes.removeField, { params: { field_id: field.id } })
    })
  })
