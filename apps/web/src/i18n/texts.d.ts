/** A part of a catalogue, compiled by `build/texts.ts`: a text without parameters, or a syntax tree. */
declare module 'virtual:texts/*' {
  const texts: Record<string, string | import('./intl.ts').TextPart[]>
  // biome-ignore lint/style/noDefaultExport: modules of data have one
  export default texts
}
