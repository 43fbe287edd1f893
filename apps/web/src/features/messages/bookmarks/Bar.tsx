import type { Bookmark, Channel } from '@plausch/wire'
import { ChevronDown, ExternalLink, FileText, Link2, Pencil, Plus, Trash2 } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import { announce } from '../../../browser/announce.ts'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, type Say, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { emojiOf, isEmojiLoaded, loadEmoji, onEmojiLoaded } from '../../../ui/emoji/emoji.ts'
import { Menu, type MenuItem } from '../../../ui/Menu.tsx'
import { copy } from '../posts/copying.ts'
import styles from './Bar.module.css'
import { deleteBookmark, editBookmark } from './dialogs.ts'
import { mayOnBookmarks } from './rights.ts'

type BarProps = { channelId: string; bookmarks: readonly Bookmark[] }

const addressOf = ({ type, link_url, file_id }: Bookmark): string =>
  type === 'file' ? `/api/v4/files/${file_id}` : (link_url ?? '')

/** Only these are followed: an address may be anything that somebody wrote. */
const isSafe = (address: string): boolean => /^(https?:\/\/|mailto:|\/api\/v4\/files\/)/i.test(address)

/** The bookmarks in their order. Who may, adds, changes and moves them, by dragging or by the menu. */
export const Bar = ({ channelId, bookmarks }: BarProps) => {
  const say = useText()
  const channel = useSource(client.channels.described(channelId))
  const { moved, move, drag } = useMoving(channelId, bookmarks, say)
  useSource(client.roles.permissions(channel?.team_id ?? '', channelId))
  const read = <T,>(source: { get(): T }): T => source.get()
  const mayOrder = mayOnBookmarks(channel, 'order', read)
  return (
    <nav className={styles.bar} aria-label={say('bookmark.bar')}>
      <ul>
        {bookmarks.map((bookmark, i) => (
          <li
            key={bookmark.id}
            data-target={moved.over === i && moved.from !== i ? '' : undefined}
            {...(mayOrder && drag(i))}
          >
            <Entry
              bookmark={bookmark}
              items={itemsOf(bookmark, channel, { at: i, count: bookmarks.length, move }, say)}
            />
          </li>
        ))}
      </ul>
      {mayOnBookmarks(channel, 'add', read) && (
        <IconButton
          icon={Plus}
          size={16}
          label={say('bookmark.add')}
          onClick={() => editBookmark.open({ channelId })}
        />
      )}
    </nav>
  )
}

type Position = { at: number; count: number; move(from: number, to: number): void }

const itemsOf = (
  bookmark: Bookmark,
  channel: Channel | undefined,
  { at, count, move }: Position,
  say: Say,
): MenuItem[] => {
  const may = (act: 'edit' | 'delete' | 'order'): boolean =>
    mayOnBookmarks(channel, act, (source) => source.get())
  const items: MenuItem[] = []
  if (may('edit'))
    items.push({
      label: say('bookmark.edit'),
      icon: Pencil,
      run: () => editBookmark.open({ channelId: bookmark.channel_id, bookmark }),
    })
  const address = new URL(addressOf(bookmark) || '/', location.origin).href
  items.push({
    label: say('bookmark.copyLink'),
    icon: Link2,
    run: () => void copy(address, 'bookmark.linkCopied'),
  })
  if (may('order')) {
    items.push({ label: say('bookmark.moveLeft'), isDisabled: at === 0, run: () => move(at, at - 1) })
    items.push({
      label: say('bookmark.moveRight'),
      isDisabled: at === count - 1,
      run: () => move(at, at + 1),
    })
  }
  if (may('delete'))
    items.push(
      { kind: 'line' },
      {
        label: say('bookmark.delete'),
        icon: Trash2,
        isDanger: true,
        run: () => deleteBookmark.open({ bookmark }),
      },
    )
  return items
}

/** Moves bookmarks: what is being dragged where, and the call. */
const useMoving = (channelId: string, bookmarks: readonly Bookmark[], say: Say) => {
  const [moved, setMoved] = useState<{ from: number; over: number }>({ from: -1, over: -1 })
  const end = (): void => setMoved({ from: -1, over: -1 })
  const move = (from: number, to: number): void => {
    const bookmark = bookmarks[from]
    if (!bookmark || from === to) return
    void attempt(() => client.bookmarks.sort(channelId, bookmark.id, to)).then((done) => {
      const values = { name: bookmark.display_name, place: to + 1, count: bookmarks.length }
      if (done) announce(say('bookmark.moved', values))
    })
  }
  const drag = (index: number) => ({
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.effectAllowed = 'move'
      setMoved({ from: index, over: index })
    },
    onDragOver: (event: DragEvent) => {
      if (moved.from < 0) return
      event.preventDefault()
      if (moved.over !== index) setMoved({ ...moved, over: index })
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      move(moved.from, index)
      end()
    },
    onDragEnd: end,
  })
  return { moved, move, drag }
}

const Entry = ({ bookmark, items }: { bookmark: Bookmark; items: readonly MenuItem[] }) => {
  const say = useText()
  const { display_name, type } = bookmark
  const address = addressOf(bookmark)
  const Icon = type === 'file' ? FileText : ExternalLink
  const label = (
    <>
      {bookmark.emoji ? <Emoji name={bookmark.emoji} /> : <Icon size={14} strokeWidth={1.75} aria-hidden />}
      <bdi>{display_name}</bdi>
    </>
  )
  return (
    <>
      {isSafe(address) ? (
        <a
          href={address}
          target="_blank"
          rel="noopener noreferrer"
          draggable={false}
          className={styles.link}
          title={type === 'link' ? address : display_name}
        >
          {label}
        </a>
      ) : (
        <span className={styles.link}>{label}</span>
      )}
      <Menu
        label={say('bookmark.actions', { name: display_name })}
        items={items}
        button={(props) => (
          <IconButton
            {...props}
            icon={ChevronDown}
            size={14}
            label={say('bookmark.actions', { name: display_name })}
          />
        )}
      />
    </>
  )
}

const Emoji = ({ name }: { name: string }) => {
  useSource({ get: isEmojiLoaded, subscribe: onEmojiLoaded })
  if (!isEmojiLoaded()) void loadEmoji()
  return <span aria-hidden>{emojiOf(name.replaceAll(':', '')) ?? ''}</span>
}
