import { within } from '../../../core/facts.ts'
import { channelChanged } from '../../places/channels/index.ts'
import { memberRemoved, membersAdded } from '../../places/members/index.ts'
import { noteChannelChange } from './changes.ts'
import { noteMemberRemoved, noteMembersAdded } from './people.ts'

export default [
  within(membersAdded, noteMembersAdded),
  within(memberRemoved, noteMemberRemoved),
  within(channelChanged, noteChannelChange),
]
