/** Sends what is written: as a message, as a command, or later. */
import { useEffect, useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, say } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { loadRest } from '../../../platform/feature.ts'
import { attachmentsAt, attachmentsIn, isUploading } from '../uploads/attachments.ts'
import { sendChecked } from './checks.ts'
import { commandIn, UNKNOWN_COMMAND } from './command-word.ts'
import type { Writing } from './use-writing.ts'

/** Why a command did not run; an unknown one can be sent as a message. */
export type CommandProblem = { text: string; isUnknown: boolean }

export type Sending = {
  send(): void
  /** Sends a text that looks like a command. */
  sendAsMessage(): void
  schedule(at: number): Promise<void>
  problem: CommandProblem | undefined
  /** The message is sent as soon as its files are uploaded. */
  isWaiting: boolean
  /** The text has changed: the problem is no more, and nothing is sent by itself. */
  forgive(): void
}

type Place = {
  channelId: string
  /** The thread that the message goes into; '' for none. */
  rootId: string
  isTooLong: boolean
  /** After a message was sent or scheduled. */
  done(): void
}

export const useSending = (writing: Writing, { channelId, rootId, isTooLong, done }: Place): Sending => {
  const [problem, setProblem] = useState<CommandProblem>()
  const [isWaiting, setWaiting] = useState(false)

  /** The message if it can be sent; `late` is called if it can be when its files are uploaded. */
  const ready = (late: () => void): string | undefined => {
    const message = writing.now().trim()
    const attachments = attachmentsIn(writing.place)
    if (isTooLong || (message === '' && attachments.length === 0)) return undefined
    if (attachments.some(({ state }) => state === 'failed')) {
      notify('failed', say('uploads.failedFirst'))
      return undefined
    }
    if (attachments.some(isUploading)) {
      late()
      return undefined
    }
    return message
  }

  const deliver = (message: string): void => {
    const { fileIds, priority } = writing.written()
    if (message === '' && fileIds.length === 0) return
    client.posts.outbox.send(channelId, message, rootId, {
      ...(fileIds.length > 0 && { fileIds }),
      ...(priority && rootId === '' && { priority }),
    })
    writing.clear()
    done()
  }

  const command = async (message: string): Promise<void> => {
    const before = writing.now()
    writing.change('')
    try {
      const [{ runCommand }] = await Promise.all([import('./commands.ts'), loadRest()])
      await runCommand(message, { channelId, rootId })
      done()
    } catch (error) {
      // What was typed meanwhile stays.
      if (writing.now() === '') writing.change(before)
      const isUnknown = error instanceof Error && error.name === UNKNOWN_COMMAND
      const name = commandIn(message) ?? ''
      setProblem({ isUnknown, text: isUnknown ? say('drafts.noCommand', { name }) : problemOf(error) })
    }
  }

  const sendAsMessage = (): void => {
    const message = ready(() => undefined)
    setProblem(undefined)
    if (message !== undefined) sendChecked(channelId, message, deliver)
  }

  const send = (): void => {
    const message = ready(() => setWaiting(true))
    if (message === undefined) return
    setProblem(undefined)
    if (commandIn(message) === undefined) sendChecked(channelId, message, deliver)
    else void command(message)
  }

  const attachments = useSource(attachmentsAt(writing.place))
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the uploads only
  useEffect(() => {
    if (!isWaiting || attachments?.some(isUploading)) return
    setWaiting(false)
    send()
  }, [isWaiting, attachments])

  return {
    problem,
    isWaiting,
    forgive() {
      setProblem(undefined)
      setWaiting(false)
    },
    sendAsMessage,
    send,
    schedule: (at) =>
      new Promise((resolve, reject) => {
        const message = ready(() => notify('done', say('uploads.wait')))
        if (message === undefined) return resolve()
        sendChecked(channelId, message, (text) => {
          const { fileIds, priority } = writing.written()
          const planned = { channel_id: channelId, root_id: rootId, message: text, file_ids: [...fileIds] }
          client.scheduled
            .create({ ...planned, ...(priority && rootId === '' && { priority }) }, at)
            .then(() => {
              writing.clear()
              notify('done', say('scheduled.done'))
              done()
              resolve()
            }, reject)
        })
      }),
  }
}
