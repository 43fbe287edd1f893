/** The sound of a new message: two soft notes, made here. */
import { whenIdle } from '../../../platform/later.ts'

/** For about this long after a key or press, browsers let a page start to make sounds. */
const LATEST_MS = 1000

let context: AudioContext | undefined

/** Browsers let a page make sounds only after somebody has done something in it. */
const wake = (): void => {
  context ??= new AudioContext()
  if (context.state === 'suspended') context.resume().catch(() => undefined)
}

/**
 * Prepares the sound after the first key or press, when the page has time: it takes tens of milliseconds. The
 * result ends that.
 */
export const prepareSound = (): (() => void) => {
  const off = new AbortController()
  const once = (): void => {
    whenIdle(wake, LATEST_MS)
    off.abort()
  }
  for (const event of ['pointerdown', 'keydown'])
    window.addEventListener(event, once, { signal: off.signal, capture: true, passive: true })
  return () => off.abort()
}

const NOTES = [
  { at: 0, pitch: 659.26 },
  { at: 0.11, pitch: 880 },
] as const
const LOUDNESS = 0.09
const LASTS = 0.5

/** Plays it, if the browser lets the page. */
export const ring = (): void => {
  if (context?.state !== 'running') return
  const begin = context.currentTime
  for (const { at, pitch } of NOTES) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.type = 'sine'
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0, begin + at)
    volume.gain.linearRampToValueAtTime(LOUDNESS, begin + at + 0.015)
    volume.gain.exponentialRampToValueAtTime(0.0005, begin + at + LASTS)
    tone.connect(volume).connect(context.destination)
    tone.start(begin + at)
    tone.stop(begin + at + LASTS)
  }
}
