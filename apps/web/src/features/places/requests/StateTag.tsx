import type { RequestState } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { Tag } from '../../../ui/Tag.tsx'

const KINDS: Partial<Record<RequestState, 'accent' | 'alarm'>> = { approved: 'accent', refused: 'alarm' }

/** The state of a request, in a word. */
export const StateTag = ({ state }: { state: RequestState }) => {
  const say = useText()
  return <Tag kind={KINDS[state] ?? 'plain'}>{say(`requests.${state}`)}</Tag>
}
