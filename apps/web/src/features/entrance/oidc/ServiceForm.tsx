import { useText } from '../../../i18n/text.ts'
import { CopyField } from '../../../platform/console/CopyField.tsx'
import type { Configuration, Configured } from '../../../platform/console/configuration.ts'
import { NewPeople } from '../../../platform/console/NewPeople.tsx'
import { NoSite } from '../../../platform/console/NoSite.tsx'
import { Section } from '../../../platform/console/PageFrame.tsx'
import { SettingSwitch, SettingText } from '../../../platform/console/SettingFields.tsx'
import styles from '../../../platform/console/Settings.module.css'
import { isWebAddress, type SettingsForm, useSettingsForm } from '../../../platform/console/settings-form.ts'
import { siteIn } from '../../../platform/console/site.ts'
import { Form } from '../../../ui/Form.tsx'
import { PasswordField } from '../../../ui/PasswordField.tsx'
import { discoveryOf, kindsOf, type Name, type Service } from './services.ts'
import { Trial } from './Trial.tsx'

const COLOUR = /^#[0-9a-f]{6}$/i

type ServiceFormProps = { service: Service; config: Configured; stored: Configuration }

const useServiceForm = ({ service, config, stored }: ServiceFormProps): SettingsForm<Name> => {
  const say = useText()
  const { section, hasButton, usual } = service
  return useSettingsForm<Name>(config, stored, kindsOf(service), {
    proposed: { [`${section}.DiscoveryEndpoint`]: usual },
    check: ({ textOf, isOn }) => {
      const [address, id] = [textOf(`${section}.DiscoveryEndpoint`), textOf(`${section}.Id`)]
      const colour = hasButton ? textOf(`${section}.ButtonColor`) : ''
      const isNeeded = isOn(`${section}.Enable`)
      return {
        [`${section}.DiscoveryEndpoint`]: addressProblem(address, isNeeded, say),
        [`${section}.Id`]: isNeeded && id === '' ? say('form.missing') : '',
        [`${section}.ButtonColor`]: colour === '' || COLOUR.test(colour) ? '' : say('oidc.colourWrong'),
      }
    },
    adjusted: (values) => ({
      ...values,
      [`${section}.DiscoveryEndpoint`]: discoveryOf(String(values[`${section}.DiscoveryEndpoint`])),
    }),
    refusals: {
      'sso.secret_needed': `${section}.Secret`,
      'sso.setting_needed': `${section}.DiscoveryEndpoint`,
    },
    keptAs: `oidc/${service.id}`,
  })
}

const addressProblem = (address: string, isNeeded: boolean, say: ReturnType<typeof useText>): string => {
  if (address === '') return isNeeded ? say('form.missing') : ''
  return isWebAddress(address) ? '' : say('console.addressWrong')
}

/** Connects one service to a provider, step by step. */
export const ServiceForm = ({ service, config, stored }: ServiceFormProps) => {
  const say = useText()
  const { section, hasButton } = service
  const form = useServiceForm({ service, config, stored })
  const site = siteIn(stored)
  const address = discoveryOf(form.textOf(`${section}.DiscoveryEndpoint`))
  const colour = hasButton ? form.textOf(`${section}.ButtonColor`) : ''
  const isFixed = form.isFixed(`${section}.Secret`)
  const kept = form.hasSecret(`${section}.Secret`) ? 'oidc.secretKept' : 'oidc.secretHint'
  return (
    <div className={styles.parts}>
      <NoSite stored={stored} />
      <Form submit={form.save} submitLabel={say('action.save')} buttons="start">
        <Section title={say('oidc.register')} lead={say('oidc.registerLead')}>
          <CopyField
            label={say('oidc.redirect')}
            value={`${site}/signup/${service.id}/complete`}
            hint={say('oidc.redirectHint')}
          />
        </Section>
        <Section title={say('oidc.provider')} lead={say('oidc.providerLead')}>
          <SettingText
            form={form}
            name={`${section}.DiscoveryEndpoint`}
            label="oidc.discovery"
            hint={`oidc.discoveryHint.${service.id}`}
            placeholder="https://id.example.org/realms/REALM"
            inputMode="url"
          />
          <Trial address={address} />
          <SettingText form={form} name={`${section}.Id`} label="oidc.id" />
          <PasswordField
            {...form.field(`${section}.Secret`)}
            label={say('oidc.secret')}
            hint={say(isFixed ? 'directory.fixed' : kept)}
            autoComplete="new-password"
          />
          <SettingText form={form} name={`${section}.Scope`} label="oidc.scope" hint="oidc.scopeHint" />
        </Section>
        {hasButton && (
          <Section title={say('sso.button')} lead={say('oidc.buttonLead')}>
            <div className={styles.grid}>
              <SettingText
                form={form}
                name={`${section}.ButtonText`}
                label="sso.buttonText"
                hint="sso.buttonTextHint"
                placeholder={service.name}
                maxLength={64}
              />
              <SettingText
                form={form}
                name={`${section}.ButtonColor`}
                label="oidc.colour"
                hint="oidc.colourHint"
                placeholder="#145DBF"
                maxLength={7}
              >
                {COLOUR.test(colour) && (
                  <span className={styles.swatch} style={{ background: colour }} aria-hidden />
                )}
              </SettingText>
            </div>
          </Section>
        )}
        <NewPeople form={form} />
        <SettingSwitch
          form={form}
          name={`${section}.UsePreferredUsername`}
          label="oidc.preferred"
          hint="oidc.preferredHint"
        />
        <SettingSwitch form={form} name={`${section}.Enable`} label="oidc.enable" hint="sso.enableHint" />
      </Form>
    </div>
  )
}
