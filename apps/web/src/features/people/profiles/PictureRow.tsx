import type { User } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Row } from '../../../platform/settings/Rows.tsx'
import { useSaving } from '../../../platform/settings/saving.ts'
import { Button } from '../../../ui/Button.tsx'
import { FileButton } from '../../../ui/FileButton.tsx'
import { Face } from '../users/Face.tsx'
import { cropDialog } from './dialogs.ts'
import styles from './Profiles.module.css'

const TYPES = 'image/png,image/jpeg,image/webp,image/gif,image/bmp'

/** The picture: chosen from a file and cut to a square, or removed. */
export const PictureRow = ({ me, isManaged }: { me: User; isManaged: boolean }) => {
  const say = useText()
  const [saving, run] = useSaving()
  const hasPicture = (me.last_picture_update ?? 0) > 0
  return (
    <Row finds={['profile.picture']} saving={saving}>
      <p className={styles.label}>{say('profile.picture')}</p>
      <div className={styles.picture}>
        <Face userId={me.id} size={72} />
        {isManaged ? (
          <p className={styles.soft}>{say('profile.managed')}</p>
        ) : (
          <>
            <FileButton
              label={say('profile.choosePicture')}
              accept={TYPES}
              choose={(file) => cropDialog.open({ file })}
            />
            {hasPicture && (
              <Button kind="quiet" onClick={() => void run(() => client.users.removePicture())}>
                {say('profile.removePicture')}
              </Button>
            )}
          </>
        )}
      </div>
    </Row>
  )
}
