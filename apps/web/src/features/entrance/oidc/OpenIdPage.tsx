import { goTo } from '../../../browser/path.ts'
import { useText } from '../../../i18n/text.ts'
import { CONSOLE } from '../../../platform/console/address.ts'
import { PageFrame } from '../../../platform/console/PageFrame.tsx'
import { WithConfiguration } from '../../../platform/console/SettingFields.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { ServiceForm } from './ServiceForm.tsx'
import { services } from './services.ts'

/** Signing in by providers of OpenID Connect: one for each service that the server knows. */
export const OpenIdPage = ({ rest }: { rest: string }) => {
  const say = useText()
  const service = services.find(({ id }) => id === rest) ?? services[0]
  return (
    <PageFrame title={say('oidc.title')} lead={say('oidc.lead')}>
      <Tabs
        label={say('oidc.title')}
        chosen={service.id}
        tabs={services.map(({ id, name }) => ({ id, label: name }))}
        onChange={(id) => goTo(`${CONSOLE}/authentication/openid/${id}`)}
      >
        <WithConfiguration>
          {(config, stored) => <ServiceForm service={service} config={config} stored={stored} />}
        </WithConfiguration>
      </Tabs>
    </PageFrame>
  )
}
