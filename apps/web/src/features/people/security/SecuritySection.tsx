import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import { Row } from '../../../platform/settings/Rows.tsx'
import { waysIn } from '../../../platform/sign-in-ways.ts'
import { MoveAccount } from './MoveAccount.tsx'
import { OwnAccount } from './OwnAccount.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { SecondFactor } from './SecondFactor.tsx'
import { Sessions } from './Sessions.tsx'
import { Tokens } from './Tokens.tsx'

/** How the account is protected, and where it is in use. */
export const SecuritySection = () => {
  const me = useSource(client.me)
  const config = useSource(client.settings.config)
  const mayHaveTokens = useSource(client.roles.permissions('')).has('create_user_access_token')
  if (!me) return null
  const isLocal = me.auth_service === ''
  const services = waysIn(config).map(({ service }) => service)
  const mayMove =
    config.ExperimentalEnableAuthenticationTransfer === 'true' &&
    (isLocal ? services.length > 0 : services.includes(me.auth_service ?? ''))
  return (
    <>
      {isLocal && (
        <Row finds={['security.password']}>
          <PasswordForm />
        </Row>
      )}
      {mayMove && (
        <Row finds={['sso.move']}>
          <MoveAccount />
        </Row>
      )}
      {(config.EnableMultifactorAuthentication === 'true' || me.mfa_active) && (
        <Row finds={['security.factor', 'security.factorHint']}>
          <SecondFactor isActive={me.mfa_active === true} />
        </Row>
      )}
      <Row finds={['security.sessions', 'security.endOthers']}>
        <Sessions userId={me.id} />
      </Row>
      {config.EnableUserAccessTokens === 'true' && mayHaveTokens && (
        <Row finds={['security.tokens', 'security.tokensHint']}>
          <Tokens userId={me.id} />
        </Row>
      )}
      {config.EnableUserDeactivation === 'true' && (
        <Row finds={['security.deactivate', 'security.deactivateHint']}>
          <OwnAccount />
        </Row>
      )}
    </>
  )
}
