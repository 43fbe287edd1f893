/** The server's public settings: v4's client configuration and licence map, all values strings. */
import type { Home } from '@plausch/wire'
import { Value } from '../source.ts'
import type { Context, Noun } from './noun.ts'

type Strings = Record<string, string>

export const createSettings = ({ config }: Context) => {
  const license = new Value<Strings>({})

  const noun: Noun = {
    on: {
      config_changed: (data) => config.set({ ...config.get(), ...data.config }),
      license_changed: (data) => license.set(data.license),
    },
    load(home: Home) {
      config.set(home.config)
      license.set(home.license)
    },
    // What the server says to everybody stays true after signing out; the next load replaces it.
    clear: () => undefined,
  }

  return { ...noun, config, license }
}

export type Settings = ReturnType<typeof createSettings>
