import { oidc as operations, type ProviderMetadata } from '@plausch/wire'
import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import styles from '../../../platform/console/Settings.module.css'
import { Button } from '../../../ui/Button.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'

/** Reads the provider's metadata at an address, saved or not. */
export const Trial = ({ address }: { address: string }) => {
  const say = useText()
  const [isBusy, setBusy] = useState(false)
  /** What was found, and where: another address is not tried yet. */
  const [found, setFound] = useState<{ at: string; metadata: ProviderMetadata }>()
  const [failed, setFailed] = useState({ at: '', problem: '' })
  const run = async (): Promise<void> => {
    setFound(undefined)
    setFailed({ at: address, problem: address === '' ? say('oidc.addressMissing') : '' })
    if (address === '') return
    setBusy(true)
    try {
      const metadata = await client.call(operations.discover, { body: { discovery_url: address } })
      setFound({ at: address, metadata })
    } catch (error) {
      setFailed({ at: address, problem: problemOf(error) })
    } finally {
      setBusy(false)
    }
  }
  const metadata = found?.at === address ? found.metadata : undefined
  return (
    <>
      <div className={styles.line}>
        <Button isBusy={isBusy} onClick={() => void run()}>
          {say('oidc.try')}
        </Button>
        <p role="status" className={styles.good} hidden={!metadata}>
          {metadata && (
            <>
              <CircleCheck size={16} strokeWidth={2} aria-hidden /> {say('oidc.answers')}
            </>
          )}
        </p>
      </div>
      <FormProblem text={failed.at === address ? failed.problem : ''} />
      {metadata && <Endpoints metadata={metadata} />}
    </>
  )
}

const Endpoints = ({ metadata }: { metadata: ProviderMetadata }) => {
  const say = useText()
  const rows = [
    { label: say('oidc.issuer'), value: metadata.issuer },
    { label: say('oidc.authorization'), value: metadata.authorization_endpoint },
    { label: say('oidc.token'), value: metadata.token_endpoint },
    { label: say('oidc.userinfo'), value: metadata.userinfo_endpoint || say('oidc.none') },
  ]
  const saysVerified = metadata.claims.length === 0 || metadata.claims.includes('email_verified')
  return (
    <>
      <dl className={styles.facts}>
        {rows.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {!saysVerified && <p className={styles.soft}>{say('oidc.notVerified')}</p>}
    </>
  )
}
