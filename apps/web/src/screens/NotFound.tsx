import { Link } from 'wouter'
import { useText } from '../i18n/text.ts'
import { Entry } from '../platform/Entry.tsx'

/** The page for an unknown path. */
export const NotFound = () => {
  const say = useText()
  return (
    <Entry title={say('notFound.title')} lead={say('notFound.lead')}>
      <p>
        <Link to="/">{say('notFound.home')}</Link>
      </p>
    </Entry>
  )
}
