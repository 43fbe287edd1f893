/**
 * Answers about the messages of the last moment. A message is read several times while it is written, and messages that arrive together are
 * counted together: reading each one once, in the turn of its own request, keeps that moment short.
 */

/** In characters of the messages. */
const MOST_CHARACTERS = 4_000_000
/** Shorter messages are read again: that takes no longer than remembering them. */
export const WORTH_KNOWING = 100

/** `read`, asked once for a message of the last moment. Its answers are shared: nobody may write into them. */
export const recently = <T>(read: (message: string) => T): ((message: string) => T) => {
  const answers = new Map<string, T>()
  let characters = 0
  return (message) => {
    if (message.length < WORTH_KNOWING) return read(message)
    const known = answers.get(message)
    if (known !== undefined) return known
    const answer = read(message)
    answers.set(message, answer)
    characters += message.length
    for (const oldest of answers.keys()) {
      if (characters <= MOST_CHARACTERS) break
      answers.delete(oldest)
      characters -= oldest.length
    }
    return answer
  }
}
