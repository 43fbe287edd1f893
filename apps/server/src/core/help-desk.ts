/** Whom people ask who are stuck: the help desk of the organisation. */
import { NO_ADDRESS, type Settings } from '@plausch/wire'

/** Its address and telephone number as one line of text; '' if the administrators named none. */
export const helpDeskOf = ({ SupportSettings, PlauschSettings }: Settings): string =>
  [SupportSettings.SupportEmail, PlauschSettings.HelpDeskPhone]
    .filter((each) => each !== '' && each !== NO_ADDRESS)
    .join(' · ')
