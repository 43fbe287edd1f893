import { useText } from '../../../i18n/text.ts'
import { PageFrame } from '../../../platform/console/PageFrame.tsx'
import { JobTable } from './JobTable.tsx'

/** All long work of the server, the newest first. */
export const JobsPage = () => {
  const say = useText()
  return (
    <PageFrame title={say('job.title')} lead={say('job.lead')}>
      <JobTable caption={say('job.title')} />
    </PageFrame>
  )
}
