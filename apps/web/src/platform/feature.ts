/**
 * What a feature of the web client can declare. `features/index.ts` lists the features by rank; nothing else
 * knows all of them.
 */
import { type Source, Value } from '@plausch/client'
import type { Post, ServerPermission } from '@plausch/wire'
import type { LucideIcon } from 'lucide-react'
import { type ComponentType, createElement } from 'react'
import { loadTexts } from '../i18n/language.ts'
import type { TextId } from '../i18n/text.ts'
import type { Action } from './action.ts'
import type { consoleGroups } from './console/groups.ts'

/** A page in the middle of the window, below a team: `/<team>/<path>/…`. */
export type Page = {
  path: string
  title: TextId
  /** `rest` is what follows in the path, without a slash at its beginning. */
  Screen: ComponentType<{ rest: string }>
}

/** A section of the settings. */
export type SettingsSection = {
  name: string
  title: TextId
  /** Texts that the search of the settings finds it by. */
  finds: readonly TextId[]
  Section: ComponentType
}

/** A part of a message. `concerns` spares messages without it a component. */
export type MessagePart = ComponentType<{ post: Post }> & { concerns?(post: Post): boolean }

/** Declares a part of those messages that it concerns. */
export const messagePart = (
  concerns: (post: Post) => boolean,
  Part: ComponentType<{ post: Post }>,
): MessagePart => Object.assign((props: { post: Post }) => createElement(Part, props), { concerns })

/**
 * A page of the console, in which administrators see and change what concerns the whole server. Features
 * declare theirs in a file `console.ts`.
 */
export type ConsolePage = {
  /** What follows `/admin_console/` in its address: v4's path, where v4 has such a page. */
  path: string
  title: TextId
  icon: LucideIcon
  group: (typeof consoleGroups)[number]
  /** Whoever has one of these permissions may open it. */
  may: readonly ServerPermission[]
  /** Texts that the search of the console finds it by. */
  finds: readonly TextId[]
  /** `rest` is what follows in the path, without a slash at its beginning. */
  Page: ComponentType<{ rest: string }>
}

/** What comes after the first messages, or when it is needed. */
export type RestParts = Pick<Feature, 'pages' | 'profileParts'> & {
  actions?: readonly Action[]
  settings?: readonly SettingsSection[]
}

export type Feature = {
  name: string
  /** What is seen or pressed at once: buttons of the page, keys for which browsers have other uses. */
  actions?: readonly Action[]
  /** All other actions, and the settings: nobody sees them before they open something. */
  rest?: () => Promise<RestParts>
  pages?: readonly Page[]
  /** Lines at the top of the sidebar, above the channels. */
  sidebar?: readonly ComponentType[]
  /** Parts of a message below its text; each shows nothing for messages that do not concern it. */
  messageParts?: readonly MessagePart[]
  /** The last parts of a message, below its reactions: what was answered. */
  messageFooters?: readonly MessagePart[]
  /** Lines of a person's profile; each shows nothing if there is nothing to tell. */
  profileParts?: readonly ComponentType<{ userId: string }>[]
  /** Parts of the header of a channel, below its line. */
  channelParts?: readonly ComponentType<{ channelId: string }>[]
  /** Parts of the composer, between the text and the send button. */
  composerParts?: readonly ComponentType<{ channelId: string; rootId: string }>[]
  /** Runs while somebody is signed in; returns a function that ends it. */
  background?: readonly (() => () => void)[]
}

let installed: readonly Feature[] = []

/** Makes features known, once, before the first rendering. */
export const install = (features: readonly Feature[]): void => {
  installed = features
}

/** Of each feature; empty until they are loaded. */
const loadedRest = new Value<readonly RestParts[]>([])
/** What all features declare grows when this changes. */
export const rest: Source<unknown> = loadedRest
let loading: Promise<void> | undefined

export const isRestLoaded = (): boolean => loadedRest.get().length > 0

/** Loads what features declare for later, once, with its texts. After a failure the next call tries again. */
export const loadRest = (): Promise<void> => {
  loading ??= Promise.all([
    Promise.all(installed.map((feature) => feature.rest?.() ?? {})),
    loadTexts('rest'),
  ]).then(
    ([parts]) => loadedRest.set(parts),
    (error: unknown) => {
      loading = undefined
      throw error
    },
  )
  return loading
}

type Parts = Omit<Feature, 'name' | 'rest'> & RestParts
type PartOf<K extends keyof Parts> = NonNullable<Parts[K]> extends readonly (infer T)[] ? T : never

/** What all features declare of a kind, in the order of the features; what is loaded later is part of it then. */
export const partsOf = <K extends keyof Parts>(kind: K): readonly PartOf<K>[] =>
  installed
    .flatMap((feature, i): Parts[] => [feature, loadedRest.get()[i] ?? {}])
    .flatMap((parts) => (parts[kind] ?? []) as readonly PartOf<K>[])
