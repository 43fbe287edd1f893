import { Search } from 'lucide-react'
import { Suspense, useEffect, useRef, useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { partsOf, type SettingsSection } from '../../../platform/feature.ts'
import { isFound, SettingsTerm } from '../../../platform/settings/search.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { ErrorBoundary } from '../../../ui/ErrorBoundary.tsx'
import styles from './Settings.module.css'

type SettingsProps = {
  /** The name of the section to show first. */
  section?: string
  close(): void
}

/** The order of the sections, whatever features they belong to; others follow. */
const ORDER = [
  'profile',
  'notifications',
  'appearance',
  'language',
  'messages',
  'sidebar',
  'accessibility',
  'security',
  'keys',
  'advanced',
]

const rankOf = ({ name }: SettingsSection): number =>
  (ORDER.indexOf(name) + ORDER.length + 1) % (ORDER.length + 1)

/** Brings the heading of a section to the top, with the focus. */
const showSection = (page: HTMLElement | null, name: string): void => {
  const heading = page?.querySelector<HTMLElement>(`[data-section="${name}"] h3`)
  heading?.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
}

/** All settings on one page, with a search over all of them. Each is saved when it changes. */
export const Settings = ({ section, close }: SettingsProps) => {
  const say = useText()
  const page = useRef<HTMLDivElement>(null)
  const [term, setTerm] = useState('')
  const sections = [...partsOf('settings')].sort((a, b) => rankOf(a) - rankOf(b))
  const shown = sections.filter(
    ({ title, finds }) =>
      term.trim() === '' ||
      isFound(
        term.trim(),
        [title, ...finds].map((id) => say(id)),
      ),
  )
  // Sections above it grow while they are loaded: it stays in view until the reader does something.
  useEffect(() => {
    if (section === undefined) return
    const box = page.current
    if (!box) return
    showSection(box, section)
    const grown = new ResizeObserver(() => showSection(box, section))
    for (const each of box.children) grown.observe(each)
    const stop = (): void => grown.disconnect()
    for (const event of ['pointerdown', 'wheel', 'keydown']) box.addEventListener(event, stop, { once: true })
    return stop
  }, [section])

  return (
    <Dialog title={say('settings.title')} size="full" onClose={close}>
      <div className={styles.settings}>
        <div className={styles.side}>
          <div className={styles.search}>
            <Search size={16} strokeWidth={1.75} aria-hidden />
            <input
              type="search"
              dir="auto"
              aria-label={say('settings.search')}
              placeholder={say('settings.search')}
              value={term}
              onChange={(event) => setTerm(event.target.value)}
            />
          </div>
          <nav aria-label={say('settings.sections')}>
            <ul>
              {shown.map(({ name, title }) => (
                <li key={name}>
                  <button type="button" onClick={() => showSection(page.current, name)}>
                    {say(title)}
                  </button>
                </li>
              ))}
            </ul>
          </nav>
        </div>
        <div ref={page} className={styles.page}>
          {shown.map((each) => (
            <SectionView key={each.name} section={each} term={term.trim()} />
          ))}
          <p role="status" className={styles.none}>
            {shown.length === 0 && say('settings.none', { term: term.trim() })}
          </p>
        </div>
      </div>
    </Dialog>
  )
}

const SectionView = ({
  section: { name, title, Section },
  term,
}: {
  section: SettingsSection
  term: string
}) => {
  const say = useText()
  // Who searches for a section wants all of it.
  const isWhole = isFound(term, [say(title)])
  return (
    <section data-section={name} className={styles.section} aria-label={say(title)}>
      <h3 tabIndex={-1}>{say(title)}</h3>
      <SettingsTerm value={isWhole ? '' : term}>
        <ErrorBoundary part="settings">
          <Suspense fallback={<Busy />}>
            <Section />
          </Suspense>
        </ErrorBoundary>
      </SettingsTerm>
    </section>
  )
}
