import { useSource } from '../../../browser/use-source.ts'
import { personName } from '../../../platform/names.ts'
import { pictureOf } from '../../../platform/people.ts'
import { Avatar } from '../../../ui/Avatar.tsx'

type FaceProps = { userId: string; size?: 20 | 24 | 28 | 36 | 56 | 72 }

/** A person's picture, or their initials. */
export const Face = ({ userId, size = 36 }: FaceProps) => (
  <Avatar
    id={userId}
    name={useSource(personName(userId))}
    picture={useSource(pictureOf(userId))}
    size={size}
  />
)
