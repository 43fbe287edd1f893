/**
 * What a feature of the web client can declare. `features/index.ts` lists the features by rank; nothing else
 * knows all of them.
 */
import type { Post } from '@plausch/wire'
import type { ComponentType } from 'react'
import type { TextId } from '../i18n/text.ts'
import type { Action } from './action.ts'

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

export type Feature = {
  name: string
  actions?: readonly Action[]
  pages?: readonly Page[]
  settings?: readonly SettingsSection[]
  /** Lines at the top of the sidebar, above the channels. */
  sidebar?: readonly ComponentType[]
  /** Parts of a message below its text; each shows nothing for messages that do not concern it. */
  messageParts?: readonly ComponentType<{ post: Post }>[]
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

type PartOf<K extends keyof Feature> = NonNullable<Feature[K]> extends readonly (infer T)[] ? T : never

/** What all features declare of a kind, in the order of the features. */
export const partsOf = <K extends Exclude<keyof Feature, 'name'>>(kind: K): readonly PartOf<K>[] =>
  installed.flatMap((feature) => (feature[kind] ?? []) as readonly PartOf<K>[])
