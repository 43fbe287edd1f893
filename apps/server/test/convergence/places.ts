import { channelOf, direct, formWith, signUp, unique, write } from '@plausch/testkit'
import { channels, drafts, members, scheduled, teams, users } from '@plausch/wire'
import { describe, expect, it } from 'vitest'
import { type Cast, of, roomOf } from './cast.ts'
import { picture } from './emoji.ts'

export const rooms = (cast: () => Cast) =>
  describe('channels', () => {
    it('created, renamed, with a new topic, made private, archived, restored', async () => {
      const { ana, bo, root, team, probe } = cast()
      const name = unique('made')
      const channel = await probe([], () =>
        ana.call(channels.create, { body: { team_id: team.id, name, display_name: name, type: 'O' } }),
      )
      await probe([], () => ana.call(members.add, { ...of(channel), body: { user_id: bo.id } }))
      const body = { display_name: 'Other', header: 'a topic', purpose: 'a purpose' }
      await probe([channel], () => ana.call(channels.patch, { ...of(channel), body }))
      const whole = { id: channel.id, ...body, display_name: 'Third' }
      await probe([channel], () => ana.call(channels.update, { ...of(channel), body: whole }))
      await probe([channel], () => ana.call(channels.setPrivacy, { ...of(channel), body: { privacy: 'P' } }))
      const moderation = [{ name: 'create_reactions' as const, roles: { members: false, guests: false } }]
      await probe([channel], () => root.call(channels.patchModerations, { ...of(channel), body: moderation }))
      await probe([channel], () => ana.call(channels.archive, of(channel)))
      await probe([channel], () => ana.call(channels.restore, of(channel)))
    })

    it('people added, removed, leaving, with other roles and notification preferences', async () => {
      const { ana, bo, team, probe } = cast()
      const channel = await channelOf(ana, team, 'P')
      const ofBo = { params: { channel_id: channel.id, user_id: bo.id } }
      await probe([channel], () => ana.call(members.add, { ...of(channel), body: { user_ids: [bo.id] } }))
      await probe([channel], () =>
        ana.call(members.setRoles, { ...ofBo, body: { roles: 'channel_user channel_admin' } }),
      )
      const scheme = { scheme_user: true, scheme_admin: false, scheme_guest: false }
      await probe([channel], () => ana.call(members.setSchemeRoles, { ...ofBo, body: scheme }))
      await probe([channel], () =>
        bo.call(members.setNotifyProps, { ...ofBo, body: { mark_unread: 'mention' } }),
      )
      await probe([channel], () => ana.call(members.remove, ofBo))
      await ana.call(members.add, { ...of(channel), body: { user_id: bo.id } })
      await probe([channel], () => bo.call(members.remove, ofBo))
    })

    it('conversations of two and of several, and a channel converted from one', async () => {
      const { ana, bo, kim, team, all, probe } = cast()
      await probe([], () => direct(bo, kim), [...all, kim])
      const group = await probe([], () => ana.call(channels.createGroup, { body: [bo.id, kim.id] }), [
        ...all,
        kim,
      ])
      await write(bo, group, 'hello')
      const body = {
        channel_id: group.id,
        team_id: team.id,
        display_name: 'Made of one',
        name: unique('made'),
      }
      await probe([group], () => ana.call(channels.convertGroup, { ...of(group), body }), [...all, kim])
    })

    it('moved to another team', async () => {
      const { ana, bo, root, probe } = cast()
      const channel = await channelOf(ana, cast().team, 'O', [bo])
      const text = { channel_id: channel.id, message: 'unsent' }
      await ana.call(scheduled.create, { body: { ...text, scheduled_at: Date.now() + 3_600_000 } })
      await ana.call(drafts.save, { body: text })
      const body = { name: unique('elsewhere'), display_name: 'Elsewhere', type: 'I' as const }
      const elsewhere = await root.call(teams.create, { body })
      await root.call(teams.addMember, { params: { team_id: elsewhere.id }, body: { user_id: ana.id } })
      await probe([channel], () =>
        root.call(channels.move, { ...of(channel), body: { team_id: elsewhere.id, force: true } }),
      )
    })
  })

export const groupsOfPeople = (cast: () => Cast) =>
  describe('teams', () => {
    it('a new member, another name, another role, a member who leaves', async () => {
      const { ana, root, all, team, server, probe } = cast()
      const lea = await probe([], () => signUp(server, 'lea', team.invite_id))
      const everybody = [...all, lea]
      const params = { team_id: team.id }
      await probe([], () => ana.call(teams.patch, { params, body: { display_name: 'Renamed' } }), everybody)
      const whole = { id: team.id, display_name: 'Renamed again' }
      await probe([], () => ana.call(teams.update, { params, body: whole }), everybody)
      const ofLea = { ...params, user_id: lea.id }
      const body = { roles: 'team_user team_admin' }
      await probe([], () => ana.call(teams.setMemberRoles, { params: ofLea, body }), everybody)
      const scheme = { scheme_user: true, scheme_admin: false, scheme_guest: false }
      await probe([], () => ana.call(teams.setMemberSchemeRoles, { params: ofLea, body: scheme }), everybody)
      await probe([], () => ana.call(teams.removeMember, { params: ofLea }), everybody)
      await probe([], () => ana.call(teams.addMember, { params, body: { user_id: lea.id } }), everybody)
      await ana.call(teams.removeMember, { params: ofLea })
      await probe([], () => ana.call(teams.addMembers, { params, body: [{ user_id: lea.id }] }), everybody)
      await lea.call(teams.removeMember, { params: ofLea })
      await probe([], () =>
        root.call(users.setActive, { params: { user_id: lea.id }, body: { active: false } }),
      )
    })

    it('open and closed, with a picture and another invitation, created, joined, archived and restored', async () => {
      const { ana, bo, gil, root, all, probe } = cast()
      const everybody = [...all, root]
      const body = { name: unique('second'), display_name: 'Second', type: 'I' as const }
      const team = await probe([], () => root.call(teams.create, { body }), everybody)
      const params = { team_id: team.id }
      await probe([], () => bo.call(teams.joinByInvite, { query: { invite_id: team.invite_id } }), everybody)
      await root.call(teams.addMembers, { params, body: [{ user_id: ana.id }, { user_id: gil.id }] })
      const channel = await channelOf(bo, team, 'O', [ana])
      const post = await write(bo, channel, 'question')
      await write(ana, channel, 'answer', post.id)
      await probe([channel], () => root.call(teams.setPrivacy, { params, body: { privacy: 'O' } }), everybody)
      await probe([], () => root.call(teams.regenerateInvite, { params }), everybody)
      const send = async () => {
        const form = formWith('image', 'x.png', picture)
        const response = await root.fetch(`/api/v4/teams/${team.id}/image`, { method: 'POST', body: form })
        expect(response.status).toBe(200)
      }
      await probe([], send, everybody)
      await probe([], () => root.call(teams.removeIcon, { params }), everybody)
      await probe([channel], () => root.call(teams.archive, { params }), everybody)
      await probe([channel], () => root.call(teams.restore, { params }), everybody)
    })

    it('a member who leaves the team', async () => {
      const { ana, team, server, probe, all } = cast()
      const max = await signUp(server, 'max', team.invite_id)
      const channel = await channelOf(ana, team, 'P', [max])
      const post = await write(max, channel, 'question')
      await write(ana, channel, 'answer', post.id)
      await probe(
        [channel],
        () => max.call(teams.removeMember, { params: { team_id: team.id, user_id: max.id } }),
        [...all, max],
      )
    })

    it('a guest who is added to a channel and removed again', async () => {
      const { ana, gil, probe } = cast()
      const channel = await roomOf(cast(), 'P')
      const post = await write(gil, channel, 'question')
      await write(ana, channel, 'answer', post.id)
      const params = { channel_id: channel.id, user_id: gil.id }
      await probe([channel], () => ana.call(members.remove, { params }))
      await probe([channel], () => ana.call(members.add, { ...of(channel), body: { user_id: gil.id } }))
    })
  })
