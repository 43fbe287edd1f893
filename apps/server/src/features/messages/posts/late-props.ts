/**
 * Large properties of posts in lists. Integrations may write 800,000 characters of them; 200 such posts at
 * once would take gigabytes. The list contains them all, but the server reads each of them only when the
 * reply reaches it (core/deferred.ts).
 */
import { Deferred } from '../../../core/deferred.ts'
import { withoutIntegrations } from '../attachments/index.ts'

type Props = Record<string, unknown>

/**
 * Large properties in a list: their size in bytes, and whether they have attachments. Properties themselves
 * are never an array.
 */
export type ListedProps = Props | [size: number, hasAttachments: boolean]

const LARGE = 16_384
/**
 * Properties stored in fewer bytes cannot be large: PostgreSQL does not compress text to less than a
 * hundredth.
 */
const PERHAPS_LARGE = 160

/**
 * A column for queries that read posts as `p`: null for no properties, and the size instead of large ones.
 */
export const listedProps = `case when p.props = '{}'::jsonb then null
  when pg_column_size(p.props) > ${PERHAPS_LARGE} and octet_length(p.props::text) > ${LARGE}
  then jsonb_build_array(octet_length(p.props::text), p.props @? '$.attachments[0]') else p.props end`

/**
 * A placeholder for large properties. It knows only whether they have attachments, because the metadata of
 * the post says so.
 */
class LateProps extends Deferred {
  readonly attachments: readonly Props[] | undefined

  constructor(version: string, [size, hasAttachments]: [number, boolean], read: () => Promise<Props>) {
    super(version, { held: 0, loaded: size }, async function* () {
      yield JSON.stringify(withoutIntegrations(await read()))
    })
    this.attachments = hasAttachments ? [{}] : undefined
  }
}

export const isLate = (props: object): boolean => props instanceof LateProps

export const lateProps = (
  { id, update_at }: { id: string; update_at: number },
  listed: [number, boolean],
  read: () => Promise<Props>,
): Props => new LateProps(`${id}-${update_at}`, listed, read) as unknown as Props
