import { ListFilter } from 'lucide-react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { keyName } from '../../../ui/key-name.ts'
import { isFiltered } from './order.ts'
import styles from './Sidebar.module.css'

/** Shows only unread channels, or all of them again. */
export const UnreadFilter = () => {
  const say = useText()
  const isOn = useSource(isFiltered)
  return (
    <IconButton
      icon={ListFilter}
      className={styles.filter}
      label={say('category.filter')}
      keys={keyName('Ctrl+Shift+U')}
      aria-pressed={isOn}
      onClick={() => isFiltered.set(!isOn)}
    />
  )
}
