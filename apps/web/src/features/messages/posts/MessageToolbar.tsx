import type { Post } from '@plausch/wire'
import { EllipsisVertical } from 'lucide-react'
import { useText } from '../../../i18n/text.ts'
import { menuItems, perform, useActions } from '../../../platform/actions.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { keyName } from '../../../ui/key-name.ts'
import { Menu } from '../../../ui/Menu.tsx'
import { Toolbar } from '../../../ui/Toolbar.tsx'
import { QuickReactions } from '../reactions/QuickReactions.tsx'
import styles from './MessageRow.module.css'

/** The buttons over the message under the pointer or with the focus. */
export const MessageToolbar = ({ post }: { post: Post }) => {
  const say = useText()
  const shown = useActions('post', post, 'toolbar')
  const more = useActions('post', post, 'menu')
  return (
    <div className={styles.rail}>
      <Toolbar className={styles.toolbar ?? ''} label={say('post.actions')}>
        <QuickReactions post={post} />
        {shown.map(({ action, label }) => (
          <IconButton
            key={action.name}
            icon={action.icon ?? EllipsisVertical}
            label={say(label)}
            keys={action.keys && keyName(action.keys)}
            onClick={() => perform(action, post)}
          />
        ))}
        <Menu
          label={say('post.more')}
          align="end"
          items={menuItems(more, post)}
          button={(props) => <IconButton {...props} icon={EllipsisVertical} label={say('post.more')} />}
        />
      </Toolbar>
    </div>
  )
}
