import { useText } from '../../../i18n/text.ts'
import { Confirm } from '../../../ui/Confirm.tsx'
import { Follows } from './LinkForm.tsx'
import { changeLink, type Link } from './links.ts'

type AddByLinkProps = { link: Link; done(): void; close(): void }

/** Lets a link add people that did not do so. */
export const AddByLink = ({ link, done, close }: AddByLinkProps) => {
  const say = useText()
  const { group, place } = link
  return (
    <Confirm
      title={say('groupLinks.addNamed', { group: group.name, place: place.name })}
      action={say('groupLinks.add')}
      run={async () => {
        await changeLink(link, { auto_add: true })
        done()
      }}
      onClose={close}
    >
      <Follows ends={link} adds />
    </Confirm>
  )
}
