import { fact } from '../../../core/facts.ts'

export type EchoAsked = { id: string; user_id: string; channel_id: string; root_id: string; message: string }

/** Somebody wants to say something later; heard when its time has come. */
export const echoAsked = fact<EchoAsked>('echo.asked')
