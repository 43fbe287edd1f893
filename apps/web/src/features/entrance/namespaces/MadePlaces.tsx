import { type Namespace, namespaces as operations } from '@plausch/wire'
import { useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { FoundList } from '../../../ui/FoundList.tsx'
import list from '../../../ui/List.module.css'
import { pageOf, useFound } from '../../../ui/use-found.ts'
import { problemText } from './words.ts'

const PAGE = 50

/** What became of the entries of a rule: first those that wait. */
export const MadePlaces = ({ rule }: { rule: Namespace }) => {
  const say = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button kind="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {say(isOpen ? 'namespaces.hidePlaces' : 'namespaces.showPlaces')}
      </Button>
      {isOpen && <Places rule={rule} />}
    </>
  )
}

const Places = ({ rule }: { rule: Namespace }) => {
  const say = useText()
  const found = useFound(String(rule.update_at), '', async (page) => {
    const params = { namespace_id: rule.id }
    return pageOf(await client.call(operations.listPlaces, { params, query: { page, per_page: PAGE } }), PAGE)
  })
  return (
    <FoundList
      found={found}
      label={say('namespaces.placesOf', { name: rule.name })}
      none={null}
      keyOf={({ remote_id }) => remote_id}
      render={({ name, dn, address, problem }) => (
        <span className={list.words}>
          <span className={list.name}>{name}</span>
          <span className={list.side}>
            {[problemText(say, problem), address && `/${address}`, dn].filter(Boolean).join(' · ')}
          </span>
        </span>
      )}
    />
  )
}
