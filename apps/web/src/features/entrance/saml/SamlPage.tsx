import { saml as operations } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { PageFrame } from '../../../platform/console/PageFrame.tsx'
import { WithConfiguration } from '../../../platform/console/SettingFields.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import { SamlForm } from './SamlForm.tsx'

/** Signing in by an identity provider that speaks SAML 2. */
export const SamlPage = () => {
  const say = useText()
  const files = useAnswer(() => client.call(operations.certificateStatus))
  return (
    <PageFrame title={say('saml.title')} lead={say('saml.lead')}>
      <FormProblem text={files.problem} />
      <WithConfiguration>
        {(config, stored) =>
          files.value && (
            <SamlForm config={config} stored={stored} files={files.value} filesChanged={files.again} />
          )
        }
      </WithConfiguration>
    </PageFrame>
  )
}
