/** What opens over the page, in one chunk that is loaded after the first paint (see `load-overlays.ts`). */
export { MenuOverlay } from './MenuOverlay.tsx'
export { PopoverOverlay } from './PopoverOverlay.tsx'
