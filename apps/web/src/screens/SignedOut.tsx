import { teams } from '@plausch/wire'
import { Suspense, useEffect, useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { useSource } from '../browser/use-source.ts'
import { SignInForm } from '../features/people/sessions/SignInForm.tsx'
import { language } from '../i18n/language.ts'
import { problemOf, useText } from '../i18n/text.ts'
import { Entry } from '../platform/Entry.tsx'
import { later } from '../platform/later.ts'
import { session, sessionEnded } from '../platform/session.ts'
import { waysIn } from '../platform/sign-in-ways.ts'
import { Busy } from '../ui/Busy.tsx'
import { Button } from '../ui/Button.tsx'
import styles from './SignedOut.module.css'

/** Most people sign in. */
const AccountForm = later(
  async () => (await import('../features/entrance/onboarding/AccountForm.tsx')).AccountForm,
)

/** Loaded only where there are such services. */
const SignInWays = later(async () => (await import('../features/entrance/sso/SignInWays.tsx')).SignInWays)

/** The buttons come after the form: nobody waits for them with it. */
const OtherWays = ({ invitation }: { invitation?: Record<string, string> }) => {
  const config = useSource(session.settings.config)
  if (waysIn(config).length === 0) return null
  return (
    <Suspense fallback={null}>
      <SignInWays {...(invitation ? { invitation } : {})} />
    </Suspense>
  )
}

/** The page without a session: the first account, the sign-up by invitation, or the sign-in. */
export const SignedOut = () => {
  const say = useText()
  const config = useSource(session.settings.config)
  const current = useSource(language)
  const [path] = useLocation()
  const [problem, setProblem] = useState('')
  const [attempt, setAttempt] = useState(0)
  const wasEnded = useSource(sessionEnded)
  const isKnown = Object.keys(config).length > 0

  useEffect(() => {
    document.title = config.SiteName || 'Plausch'
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (icon) icon.href = '/favicon.svg'
  }, [config.SiteName])

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again in the other language, because some settings are sentences
  useEffect(() => {
    session.settings.loadPublic().then(
      () => setProblem(''),
      (error: unknown) => setProblem(problemOf(error)),
    )
  }, [current, say, attempt])

  if (!isKnown && problem !== '') {
    return (
      <Entry title={say('entry.unreachable')} lead={problem}>
        <Button kind="primary" onClick={() => setAttempt(attempt + 1)}>
          {say('action.retry')}
        </Button>
      </Entry>
    )
  }
  if (!isKnown) return <Busy />
  if (config.NoAccounts === 'true') return <FirstAccount />
  if (path.startsWith('/signup_user_complete')) return <SignUp />
  return (
    <Entry
      title={say('signIn.title', { site: config.SiteName || 'Plausch' })}
      lead={wasEnded ? say('signIn.ended') : config.CustomDescriptionText}
      foot={<SignUpHint />}
    >
      {config.EnableCustomBrand === 'true' && <Brand text={config.CustomBrandText ?? ''} />}
      <SignInForm />
      <OtherWays />
    </Entry>
  )
}

/** The picture and the words of the organisation, each if there is one. */
const Brand = ({ text }: { text: string }) => {
  const config = useSource(session.settings.config)
  const [isLost, setLost] = useState(false)
  return (
    <>
      {!isLost && (
        <img
          className={styles.brand}
          src="/api/v4/brand/image"
          alt={config.SiteName || 'Plausch'}
          onError={() => setLost(true)}
        />
      )}
      {text !== '' && <p className={styles.words}>{text}</p>}
    </>
  )
}

const SignUpHint = () => {
  const say = useText()
  const config = useSource(session.settings.config)
  if (config.EnableOpenServer !== 'true' || config.EnableUserCreation === 'false')
    return <p>{say('signIn.invited')}</p>
  return (
    <p>
      {say('signIn.noAccount')} <Link to="/signup_user_complete">{say('signIn.signUp')}</Link>
    </p>
  )
}

const FirstAccount = () => {
  const say = useText()
  return (
    <Entry title={say('firstRun.title')} lead={say('firstRun.lead')}>
      <AccountForm submitLabel={say('firstRun.submit')} />
    </Entry>
  )
}

type Invited =
  | { state: 'asking' }
  | { state: 'invalid' }
  | { state: 'open' }
  | { state: 'known'; team: string }

/** The invitation of a link in a mail: `d` says for whom it is, `t` is its token. */
const invitationOf = (
  params: URLSearchParams,
): { token: string; email: string; team: string } | undefined => {
  const token = params.get('t') ?? ''
  try {
    const about: unknown = JSON.parse(params.get('d') ?? '')
    if (token === '' || typeof about !== 'object' || about === null) return undefined
    const { email, display_name } = about as Record<string, unknown>
    return typeof email === 'string' ? { token, email, team: String(display_name ?? '') } : undefined
  } catch {
    return undefined
  }
}

const SignUp = () => {
  const say = useText()
  const [params] = useSearchParams()
  const inviteId = params.get('id') ?? params.get('iid') ?? ''
  const [invitation] = useState(() => invitationOf(params))
  const [invited, setInvited] = useState<Invited>(() => {
    if (invitation) return { state: 'known', team: invitation.team }
    return { state: inviteId === '' ? 'open' : 'asking' }
  })

  useEffect(() => {
    if (inviteId === '') return
    session.call(teams.inviteInfo, { params: { invite_id: inviteId } }).then(
      (team) => setInvited({ state: 'known', team: team.display_name }),
      () => setInvited({ state: 'invalid' }),
    )
  }, [inviteId])

  const haveAccount = (
    <p>
      {say('signUp.haveAccount')} <Link to={`/login${location.search}`}>{say('signUp.signIn')}</Link>
    </p>
  )
  if (invited.state === 'asking') return <Busy />
  if (invited.state === 'invalid') {
    return (
      <Entry title={say('signUp.invalidTitle')} lead={say('signUp.invalidLead')} foot={haveAccount}>
        {null}
      </Entry>
    )
  }
  const title =
    invited.state === 'known' ? say('signUp.titleTeam', { team: invited.team }) : say('signUp.title')
  return (
    <Entry title={title} lead={say('signUp.lead')} foot={haveAccount}>
      <AccountForm submitLabel={say('signUp.submit')} inviteId={inviteId} invitation={invitation} />
      <OtherWays invitation={invitation ? { t: invitation.token } : { id: inviteId }} />
    </Entry>
  )
}
