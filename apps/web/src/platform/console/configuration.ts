/** The settings of the server, for the pages of the console. */
import { settings as operations } from '@plausch/wire'
import { type Answer, useAnswer } from '../../ui/use-answer.ts'
import { client } from '../client.ts'

/** What stands in the place of a stored secret. */
const MASK = /^\*+$/

/** Stands for no address of mail: official consoles save no page on which it is empty. */
export const NO_ADDRESS = 'nobody@localhost'

type Values = Record<string, Record<string, unknown>>

export type Configuration = {
  /** A text; numbers become digits, and what is missing ''. Secrets are '' as well. */
  text(section: string, key: string): string
  isOn(section: string, key: string): boolean
  /** Is there a secret, which nobody gets to see? */
  hasSecret(section: string, key: string): boolean
  /** Is it fixed by the environment in which the server was started? Then nobody can change it here. */
  isFixed(section: string, key: string): boolean
}

const readable = (values: Values, fixed: Values): Configuration => ({
  text(section, key) {
    const value = values[section]?.[key]
    if (typeof value === 'string') return MASK.test(value) || value === NO_ADDRESS ? '' : value
    return typeof value === 'number' ? String(value) : ''
  },
  isOn: (section, key) => values[section]?.[key] === true,
  hasSecret: (section, key) => MASK.test(String(values[section]?.[key] ?? '')),
  isFixed: (section, key) => fixed[section]?.[key] === true,
})

export type Configured = Answer<Configuration> & {
  /** Saves these values and leaves all others. Throws what the server refuses. */
  save(values: Values): Promise<void>
}

/** The configuration as it is now. The server shows it to administrators only. */
export const useConfiguration = (): Configured => {
  const answer = useAnswer(async () => {
    const [values, fixed] = await Promise.all([
      client.call(operations.get),
      client.call(operations.environment),
    ])
    return readable(values, fixed as Values)
  })
  return {
    ...answer,
    async save(values) {
      const next = await client.call(operations.patch, { body: values })
      const fixed = await client.call(operations.environment)
      answer.set(readable(next, fixed as Values))
    },
  }
}
