import { PersonRow } from '../../people/users/PersonRow.tsx'
import styles from './Offers.module.css'
import type { Offer } from './offer.ts'
import type { Offering } from './use-offers.ts'

/** The list of names over a text field, which keeps the focus. */
export const Offers = ({ offering: { id, label, offers, at, pick } }: { offering: Offering }) => {
  if (offers.length === 0) return null
  return (
    <ul id={id} role="listbox" aria-label={label} className={styles.list}>
      {offers.map((offer, i) => (
        <li
          key={offer.key}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === at}
          // Choosing on press happens before the text field could lose the focus.
          onPointerDown={(event) => {
            event.preventDefault()
            pick(offer)
          }}
        >
          <OfferView offer={offer} />
        </li>
      ))}
    </ul>
  )
}

const OfferView = ({ offer: { person, name, note, emoji, customEmoji } }: { offer: Offer }) => {
  if (person) return <PersonRow userId={person.id} {...(note !== undefined && { note })} />
  return (
    <>
      {emoji && <span className={styles.emoji}>{emoji}</span>}
      {customEmoji && <img className={styles.emoji} src={`/api/v4/emoji/${customEmoji}/image`} alt="" />}
      <span className={styles.name}>{name}</span>
      {note && <span className={styles.note}>{note}</span>}
    </>
  )
}
