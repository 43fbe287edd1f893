/** The word after the slash; undefined if the message is no command. */
export const commandIn = (message: string): string | undefined => /^\/([^\s/]+)/.exec(message)?.[1]

/** The name of the error that says that there is no such command: the text may be meant as a message. */
export const UNKNOWN_COMMAND = 'UnknownCommand'
