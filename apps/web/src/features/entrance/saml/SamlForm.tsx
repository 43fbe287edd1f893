import { useState } from 'react'
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
import { Select } from '../../../ui/Select.tsx'
import { Attributes } from './Attributes.tsx'
import { FileRow, uploadIdpCertificate } from './Files.tsx'
import { Missing } from './Missing.tsx'
import { ReadMetadata } from './ReadMetadata.tsx'
import { type Files, kinds, missingIn, type Name } from './values.ts'

type SamlFormProps = {
  config: Configured
  stored: Configuration
  files: Files
  /** The files are others now. */
  filesChanged(): void
}

/** Connects the organisation's SAML provider, step by step. */
export const SamlForm = ({ config, stored, files, filesChanged }: SamlFormProps) => {
  const say = useText()
  /** The certificate of metadata that were read: it is uploaded with the rest. */
  const [certificate, setCertificate] = useState('')
  const site = siteIn(stored)
  const ownUrl = stored.text('SamlSettings', 'AssertionConsumerServiceURL') || `${site}/login/sso/saml`
  const present = { ...files, idp_certificate_file: files.idp_certificate_file || certificate !== '' }
  const changed = (): void => {
    config.again()
    filesChanged()
  }
  const form = useSettingsForm<Name>(config, stored, kinds, {
    proposed: { 'SamlSettings.ServiceProviderIdentifier': ownUrl },
    check: ({ textOf }) => {
      const address = textOf('SamlSettings.IdpURL')
      return {
        'SamlSettings.IdpURL': address === '' || isWebAddress(address) ? '' : say('console.addressWrong'),
      }
    },
    keptAs: 'saml',
    before: async () => {
      if (certificate === '') return
      await uploadIdpCertificate(certificate)
      setCertificate('')
      filesChanged()
    },
  })
  return (
    <div className={styles.parts}>
      <NoSite stored={stored} />
      <Missing texts={missingIn(form, present, site)} isOn={form.isOn('SamlSettings.Enable')} />
      <Form submit={form.save} submitLabel={say('action.save')} buttons="start">
        <Own form={form} site={site} ownUrl={ownUrl} stored={stored} files={files} />
        <Section title={say('saml.provider')} lead={say('saml.providerLead')}>
          <ReadMetadata
            found={(metadata) => {
              form.set({
                'SamlSettings.IdpURL': metadata.idp_url,
                'SamlSettings.IdpDescriptorURL': metadata.idp_descriptor_url,
              })
              setCertificate(metadata.idp_public_certificate)
            }}
          />
          <SettingText form={form} name="SamlSettings.IdpURL" label="saml.url" inputMode="url" />
          <SettingText form={form} name="SamlSettings.IdpDescriptorURL" label="saml.idpId" />
          {certificate === '' ? (
            <FileRow which="idp" present={files} changed={changed} />
          ) : (
            <p className={styles.soft}>{say('saml.certificateRead')}</p>
          )}
          <SettingSwitch form={form} name="SamlSettings.Verify" label="saml.verify" hint="saml.verifyHint" />
        </Section>
        <Attributes form={form} />
        <Section title={say('saml.keys')} lead={say('saml.keysLead')}>
          <FileRow which="certificate" present={files} changed={changed} />
          <FileRow which="key" present={files} changed={changed} />
          <SettingSwitch
            form={form}
            name="SamlSettings.Encrypt"
            label="saml.encrypt"
            hint="saml.encryptHint"
          />
          <SettingSwitch form={form} name="SamlSettings.SignRequest" label="saml.sign" />
          {form.isOn('SamlSettings.SignRequest') && <Algorithm form={form} />}
        </Section>
        <Section title={say('sso.button')}>
          <SettingText
            form={form}
            name="SamlSettings.LoginButtonText"
            label="sso.buttonText"
            hint="sso.buttonTextHint"
            placeholder="SAML"
            maxLength={64}
          />
        </Section>
        <NewPeople form={form} />
        <SettingSwitch form={form} name="SamlSettings.Enable" label="saml.enable" hint="sso.enableHint" />
      </Form>
    </div>
  )
}

type OwnProps = {
  form: SettingsForm<Name>
  site: string
  ownUrl: string
  stored: Configuration
  files: Files
}

/** What the provider must know of this server. */
const Own = ({ form, site, ownUrl, stored, files }: OwnProps) => {
  const say = useText()
  // Without these the server has no metadata yet.
  const isDescribed =
    stored.text('SamlSettings', 'ServiceProviderIdentifier') !== '' &&
    (!stored.isOn('SamlSettings', 'Encrypt') || (files.public_certificate_file && files.private_key_file))
  return (
    <Section title={say('saml.own')} lead={say('saml.ownLead')}>
      <SettingText
        form={form}
        name="SamlSettings.ServiceProviderIdentifier"
        label="saml.ownId"
        hint="saml.ownIdHint"
      />
      <CopyField label={say('saml.ownUrl')} value={ownUrl} />
      <CopyField
        label={say('saml.ownMetadata')}
        value={`${site}/api/v4/saml/metadata`}
        hint={say(isDescribed ? 'saml.ownMetadataHint' : 'saml.ownMetadataLater')}
      />
      {isDescribed && (
        <p>
          <a href="/api/v4/saml/metadata" download="metadata.xml">
            {say('saml.download')}
          </a>
        </p>
      )}
    </Section>
  )
}

const ALGORITHMS = ['RSAwithSHA256', 'RSAwithSHA512', 'RSAwithSHA1'] as const

const Algorithm = ({ form }: { form: SettingsForm<Name> }) => {
  const say = useText()
  const value = form.textOf('SamlSettings.SignatureAlgorithm')
  const isFixed = form.isFixed('SamlSettings.SignatureAlgorithm')
  return (
    <Select
      label={say('saml.algorithm')}
      {...(isFixed && { hint: say('directory.fixed') })}
      value={ALGORITHMS.find((each) => each === value) ?? 'RSAwithSHA256'}
      options={ALGORITHMS.map((each) => ({ value: each, label: each.replace('with', ', ') }))}
      isDisabled={isFixed}
      onChange={(next) => form.set({ 'SamlSettings.SignatureAlgorithm': next })}
    />
  )
}
