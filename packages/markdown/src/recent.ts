/**
 * Caches answers about recent messages. A message is parsed several times while it is written, and messages
 * that arrive together are counted together. Parsing each one once, in the turn of its own request, keeps
 * that turn short.
 */

/** The total length of the cached messages, in characters. */
const MOST_CHARACTERS = 4_000_000
/** Shorter messages are parsed again, because that takes no longer than caching. */
export const WORTH_KNOWING = 100

/** `read`, called once for each recent message. Its answers are shared, so callers must not change them. */
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
