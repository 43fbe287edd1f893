import { ArrowLeft, ChevronRight, Search } from 'lucide-react'
import { type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { goTo, path } from '../browser/path.ts'
import { useSource } from '../browser/use-source.ts'
import { consolePages } from '../features/console.ts'
import { loadTexts } from '../i18n/language.ts'
import { useText } from '../i18n/text.ts'
import { client } from '../platform/client.ts'
import { CONSOLE } from '../platform/console/address.ts'
import { consoleGroups } from '../platform/console/groups.ts'
import { Entry } from '../platform/Entry.tsx'
import type { ConsolePage } from '../platform/feature.ts'
import { isFound } from '../platform/settings/search.ts'
import { Busy } from '../ui/Busy.tsx'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import styles from './Console.module.css'
import { Overlays } from './Overlays.tsx'
import { useBackground } from './use-background.ts'
import { useKeys } from './use-keys.ts'

/** The pages that administrators have, and their texts: nobody else loads either. */
export const loadConsole = async (): Promise<typeof Console> => {
  await loadTexts('console')
  return Console
}

/** As in Console.module.css: here the list of pages is a page of its own. */
const NARROW = '(width < 720px)'

const inOrder = consoleGroups.flatMap((group) => consolePages.filter((page) => page.group === group))

const addressOf = (page: ConsolePage): string => `${CONSOLE}/${page.path}`
const isAt = (current: string, page: ConsolePage): boolean =>
  current === addressOf(page) || current.startsWith(`${addressOf(page)}/`)

/** The pages for administrators, with a list of them at the side. */
const Console = () => {
  useBackground()
  useKeys()
  return (
    <>
      <Open />
      <Overlays />
    </>
  )
}

const Open = () => {
  const say = useText()
  const current = useSource(path)
  const permissions = useSource(client.roles.permissions(''))
  const main = useRef<HTMLElement>(null)
  const open = inOrder.filter(({ may }) => may.some((each) => permissions.has(each)))
  const page = open.find((each) => isAt(current, each))
  useStart(current, open)
  useTitle(page)
  useHeadingFocus(main, page)

  if (open.length === 0) return <NotOpen />
  if (!page)
    return (
      <main className={styles.console}>
        <Pages pages={open} />
        {!isStart(current) && <p className={styles.none}>{say('console.noPage')}</p>}
      </main>
    )
  return (
    <div className={styles.console} data-page>
      <Pages pages={open} chosen={page} />
      <main ref={main} className={styles.main} data-landmark tabIndex={-1}>
        <Link className={styles.back} to={CONSOLE}>
          <ArrowLeft size={16} strokeWidth={1.75} aria-hidden /> {say('console.title')}
        </Link>
        <ErrorBoundary part="console" of={page}>
          <Suspense fallback={<Busy />}>
            <page.Page key={page.path} rest={current.slice(addressOf(page).length + 1)} />
          </Suspense>
        </ErrorBoundary>
      </main>
    </div>
  )
}

const isStart = (current: string): boolean => current.replace(/\/$/, '') === CONSOLE

/** Beside the list there is always a page: the first one, until another is chosen. */
const useStart = (current: string, pages: readonly ConsolePage[]): void => {
  const [first] = pages
  useEffect(() => {
    if (isStart(current) && first && !matchMedia(NARROW).matches) goTo(addressOf(first), { replace: true })
  }, [current, first])
}

const useTitle = (page: ConsolePage | undefined): void => {
  const say = useText()
  const site = useSource(client.settings.config).SiteName || 'Plausch'
  const title = page && say(page.title)
  useEffect(() => {
    document.title = [title, say('console.title'), site].filter(Boolean).join(' · ')
  }, [title, say, site])
}

/** Whoever goes to another page is at its beginning, also with a screen reader. */
const useHeadingFocus = (main: RefObject<HTMLElement | null>, page: ConsolePage | undefined): void => {
  const before = useRef(page)
  useEffect(() => {
    if (before.current !== page) main.current?.focus()
    before.current = page
  }, [main, page])
}

const Pages = ({ pages, chosen }: { pages: readonly ConsolePage[]; chosen?: ConsolePage }) => {
  const say = useText()
  const [term, setTerm] = useState('')
  // A page has a heading of its own.
  const Heading = chosen ? 'p' : 'h1'
  const wanted = term.trim()
  const shown = pages.filter(
    ({ title, finds }) =>
      wanted === '' ||
      isFound(
        wanted,
        [title, ...finds].map((id) => say(id)),
      ),
  )
  return (
    <nav className={styles.side} aria-label={say('console.title')} data-landmark tabIndex={-1}>
      <Link className={styles.home} to="/">
        <ArrowLeft size={16} strokeWidth={1.75} aria-hidden /> {say('console.backToChat')}
      </Link>
      <Heading className={styles.heading}>{say('console.title')}</Heading>
      <div className={styles.search}>
        <Search size={16} strokeWidth={1.75} aria-hidden />
        <input
          type="search"
          dir="auto"
          aria-label={say('console.search')}
          placeholder={say('console.search')}
          value={term}
          onChange={(event) => setTerm(event.target.value)}
        />
      </div>
      {consoleGroups.map((group) => (
        <Group key={group} group={group} pages={shown} chosen={chosen} />
      ))}
      <p role="status" className={styles.none}>
        {shown.length === 0 && say('settings.none', { term: wanted })}
      </p>
    </nav>
  )
}

type GroupProps = {
  group: (typeof consoleGroups)[number]
  pages: readonly ConsolePage[]
  chosen: ConsolePage | undefined
}

const Group = ({ group, pages, chosen }: GroupProps) => {
  const say = useText()
  const own = pages.filter((page) => page.group === group)
  if (own.length === 0) return null
  return (
    // No section with a name: that would be a landmark, and pages have parts of the same name.
    <div>
      <h2 id={`console-${group}`}>{say(`console.group.${group}`)}</h2>
      <ul aria-labelledby={`console-${group}`}>
        {own.map((page) => (
          <li key={page.path}>
            <Link
              to={addressOf(page)}
              className={styles.page}
              aria-current={page === chosen ? 'page' : undefined}
            >
              <page.icon size={18} strokeWidth={1.75} aria-hidden />
              <span>{say(page.title)}</span>
              <ChevronRight className={styles.arrow} size={16} strokeWidth={1.75} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Somebody followed a link of an administrator. */
const NotOpen = () => {
  const say = useText()
  return (
    <Entry title={say('console.notOpen')} lead={say('console.notOpenLead')}>
      <Link to="/">{say('console.backToChat')}</Link>
    </Entry>
  )
}
