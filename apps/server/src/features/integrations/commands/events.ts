import { fact } from '../../../core/facts.ts'

export type EchoAsked = { id: string; user_id: string; channel_id: string; root_id: string; message: string }

/** A person wants to post something later; the listener runs when the time has come. */
export const echoAsked = fact<EchoAsked>('echo.asked')
