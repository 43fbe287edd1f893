import type { Category } from '@plausch/wire'
import { ChevronDown, ChevronRight, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { menuItems, useActions } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { openMenuBelow, useContextMenu } from '../../../ui/context-menu.ts'
import { Menu } from '../../../ui/Menu.tsx'
import type { MenuItem } from '../../../ui/menu-items.ts'
import { ChannelRow } from './ChannelRow.tsx'
import { categoryName } from './names.ts'
import { type Group, isFiltered } from './order.ts'
import styles from './Sidebar.module.css'

/** The actions of the plus button of a category, by its kind. */
const ADDITIONS: Partial<Record<Category['type'], readonly string[]>> = {
  channels: ['channels.browse', 'channels.create', 'categories.create'],
  direct_messages: ['channels.converse'],
}

type GroupViewProps = { group: Group; teamId: string; teamName: string }

/** A category with its channels, or the unread channels. */
export const GroupView = ({ group: { category, channelIds }, teamId, teamName }: GroupViewProps) => {
  const say = useText()
  // Built-in categories without channels would only be noise; the reader's own ones tell what they are for.
  const isHidden = channelIds.length === 0 && category?.type === 'favorites'
  if (isHidden) return null
  const name = category ? categoryName(category, say) : say('category.unread')
  const isFolded = category?.collapsed ?? false
  return (
    <section className={styles.group} aria-label={name} data-category={category?.id}>
      {category ? (
        <Heading category={category} name={name} />
      ) : (
        <p className={styles.heading}>
          <span className={styles.plain}>{name}</span>
        </p>
      )}
      <ul>
        {channelIds.map((id) => (
          <ChannelRow key={id} channelId={id} teamId={teamId} teamName={teamName} isFolded={isFolded} />
        ))}
      </ul>
      {channelIds.length === 0 && !isFolded && <Emptiness category={category} />}
    </section>
  )
}

const Emptiness = ({ category }: { category: Category | undefined }) => {
  const say = useText()
  const filtered = useSource(isFiltered)
  if (category?.type === 'channels') return null
  const text =
    category?.type === 'direct_messages'
      ? 'category.noDirect'
      : category || !filtered
        ? 'category.none'
        : 'category.allRead'
  return <p className={styles.empty}>{say(text)}</p>
}

const Heading = ({ category, name }: { category: Category; name: string }) => {
  const say = useText()
  const label = say('category.actions', { name })
  const items = async () => (await import('./rest.ts')).categoryMenu(category)
  const menu = useContextMenu(items, label)
  const additions = menuItems(
    useActions('app', null, 'menu').filter(({ action }) => ADDITIONS[category.type]?.includes(action.name)),
    null,
  )
  const { id, team_id, collapsed } = category
  const toggle = (): void =>
    void attempt(() => client.categories.update(team_id, { id, collapsed: !collapsed }))
  const Icon = collapsed ? ChevronRight : ChevronDown
  return (
    <div className={styles.heading} data-menu {...menu} data-category-heading={id} draggable>
      <button type="button" aria-expanded={!collapsed} data-stop onClick={toggle}>
        <Icon size={14} aria-hidden />
        <span>{name}</span>
      </button>
      <button
        type="button"
        className={styles.more}
        aria-haspopup="menu"
        aria-label={label}
        onClick={(event) => openMenuBelow(event.currentTarget, items, label)}
      >
        ⋮
      </button>
      {additions.length > 0 && <Additions name={name} items={additions} />}
    </div>
  )
}

const Additions = ({ name, items }: { name: string; items: readonly MenuItem[] }): ReactNode => {
  const say = useText()
  const label = say('category.add', { name })
  const [only] = items
  if (items.length === 1 && only && 'run' in only)
    return <IconButton icon={Plus} size={16} label={only.label} onClick={only.run} />
  return (
    <Menu
      label={label}
      align="end"
      items={items}
      button={(props) => <IconButton {...props} icon={Plus} size={16} label={label} />}
    />
  )
}
