import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useSource } from '../../../browser/use-source.ts'
import { type Language, language } from '../../../i18n/language.ts'
import { type TextId, useText } from '../../../i18n/text.ts'
import { HelpDesk } from '../../../platform/HelpDesk.tsx'
import { PageHeader } from '../../../platform/PageHeader.tsx'
import { here } from '../../../platform/place.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Markdown } from '../../../ui/markdown/Markdown.tsx'
import styles from './HelpPage.module.css'

type Topic = { name: string; title: TextId; load: Record<Language, () => Promise<{ default: string }>> }

const topics: readonly Topic[] = [
  {
    name: 'first-steps',
    title: 'help.firstSteps',
    load: {
      en: () => import('./pages/first-steps.en.md?raw'),
      de: () => import('./pages/first-steps.de.md?raw'),
    },
  },
  {
    name: 'notifications',
    title: 'help.notifications',
    load: {
      en: () => import('./pages/notifications.en.md?raw'),
      de: () => import('./pages/notifications.de.md?raw'),
    },
  },
  {
    name: 'apps',
    title: 'help.apps',
    load: { en: () => import('./pages/apps.en.md?raw'), de: () => import('./pages/apps.de.md?raw') },
  },
  {
    name: 'questions',
    title: 'help.questions',
    load: {
      en: () => import('./pages/questions.en.md?raw'),
      de: () => import('./pages/questions.de.md?raw'),
    },
  },
]

/** A page as a message: without its heading, and each paragraph in one line, because messages keep their lines. */
const asMessage = (page: string): string => page.replace(/^# .*\n+/, '').replaceAll(/(?<!\n)\n(?!\n)/g, ' ')

/** Help inside: a few short pages in the reader's language. */
export const HelpPage = ({ rest }: { rest: string }) => {
  const say = useText()
  const topic = topics.find(({ name }) => name === rest) ?? topics[0]
  const team = useSource(here).team?.name ?? ''
  return (
    <>
      <PageHeader>{say('help.title')}</PageHeader>
      <div className={styles.page} data-landmark tabIndex={-1}>
        <nav className={styles.topics} aria-label={say('help.topics')}>
          {topics.map(({ name, title }) => (
            <Link
              key={name}
              to={`/${team}/help/${name}`}
              aria-current={name === topic?.name ? 'page' : undefined}
            >
              {say(title)}
            </Link>
          ))}
        </nav>
        {topic && <Text topic={topic} />}
      </div>
    </>
  )
}

const Text = ({ topic }: { topic: Topic }) => {
  const say = useText()
  const current = useSource(language)
  const [text, setText] = useState<{ of: Topic; text: string }>()

  useEffect(() => {
    let isCurrent = true
    topic.load[current]().then(
      ({ default: found }) => isCurrent && setText({ of: topic, text: asMessage(found) }),
      () => isCurrent && setText({ of: topic, text: say('problem.offline') }),
    )
    return () => {
      isCurrent = false
    }
  }, [topic, current, say])

  if (text?.of !== topic) return <Busy />
  return (
    <article className={styles.text}>
      <h2>{say(topic.title)}</h2>
      <Markdown owner={text} text={text.text} />
      <HelpDesk className={styles.desk} />
    </article>
  )
}
