import type { AttributeField } from '@plausch/wire'
import { useEffect } from 'react'
import { phoneUrl } from '../../../browser/phone.ts'
import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'

/** Some spellings of an address lead to programs; these lead to pages only. */
const pageOf = (text: string): string | undefined => (/^https?:\/\//i.test(text) ? text : undefined)

/** What the organisation records about a person: the fields that have a value, in its order. */
export const AttributeLines = ({ userId }: { userId: string }) => {
  const fields = useSource(client.attributes.fields)
  const values = useSource(client.attributes.values.at(userId))
  if (!values) return null
  return [...fields]
    .sort((a, b) => a.attrs.sort_order - b.attrs.sort_order)
    .map((field) => {
      const value = [values[field.id] ?? []].flat().filter(Boolean)
      if (value.length === 0) return null
      return (
        <div key={field.id}>
          <dt>{field.attrs.display_name || field.name}</dt>
          <dd>
            {value.map((each, i) => (
              <span key={each}>
                {i > 0 && ', '}
                <AttributeValue field={field} value={each} />
              </span>
            ))}
          </dd>
        </div>
      )
    })
}

const AttributeValue = ({ field, value }: { field: AttributeField; value: string }) => {
  if (field.type === 'user' || field.type === 'multiuser') return <PersonValue userId={value} />
  if (field.type === 'select' || field.type === 'multiselect')
    return field.attrs.options?.find(({ id }) => id === value)?.name ?? value
  if (field.attrs.value_type === 'email') return <a href={`mailto:${value}`}>{value}</a>
  if (field.attrs.value_type === 'phone') return <a href={phoneUrl(value)}>{value}</a>
  const page = field.attrs.value_type === 'url' ? pageOf(value) : undefined
  if (page === undefined) return value
  return (
    <a href={page} target="_blank" rel="noopener noreferrer">
      {value.replace(/^https?:\/\//i, '')}
    </a>
  )
}

const PersonValue = ({ userId }: { userId: string }) => {
  useEffect(() => client.users.ensure([userId]), [userId])
  return useSource(personName(userId))
}
