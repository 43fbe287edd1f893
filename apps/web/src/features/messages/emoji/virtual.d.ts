/** The words by which people look for emoji, made by `build/emoji.ts`. */
declare module 'virtual:emoji/*' {
  export const WORDS: string
}
