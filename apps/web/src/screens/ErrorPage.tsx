import { Link } from 'wouter'
import { problemAt } from '../features/entrance/sso/problems.ts'
import { type TextId, useText } from '../i18n/text.ts'
import { Entry } from '../platform/Entry.tsx'

/** The kinds of the page `/error`, as the server and official apps name them in `?type=`. */
const KINDS: Record<string, TextId> = {
  oauth_access_denied: 'error.denied',
  oauth_missing_code: 'error.incomplete',
  oauth_invalid_param: 'error.incomplete',
  oauth_invalid_redirect_url: 'error.redirect',
  team_not_found: 'error.team',
  channel_not_found: 'error.channel',
  permalink_not_found: 'error.post',
  page_not_found: 'error.page',
}

/** Why something that began outside of this page did not work. Only known kinds say more than that. */
export const ErrorPage = () => {
  const say = useText()
  const problem = problemAt(location.search)
  if (problem) {
    return (
      <Entry title={say('sso.problemTitle')} lead={say(problem)}>
        <Link to="/login">{say('sso.again')}</Link>
      </Entry>
    )
  }
  const kind = KINDS[new URLSearchParams(location.search).get('type') ?? '']
  return (
    <Entry title={say('problem.title')} lead={say(kind ?? 'error.unknown')}>
      <Link to="/">{say('notFound.home')}</Link>
    </Entry>
  )
}
