import { type Block, type Inline, readMessage } from '@plausch/markdown'
import {
  type ComponentType,
  type CSSProperties,
  createContext,
  Fragment,
  memo,
  type ReactNode,
  useContext,
  useEffect,
  useSyncExternalStore,
} from 'react'
import { Link } from 'wouter'
import { emojiOf, isEmojiLoaded, loadEmoji, onEmojiLoaded } from '../emoji/emoji.ts'
import { CodeBlock } from './CodeBlock.tsx'
import { Formula } from './Formula.tsx'
import styles from './Markdown.module.css'

type NameProps = { name: string; isInLink: boolean }

/** Components for what a text only names. This file knows no people, channels or custom emoji. */
export type Referents = {
  Mention?: ComponentType<NameProps>
  Channel?: ComponentType<NameProps>
  /** Shows an emoji that is not in the standard table. */
  Emoji?: ComponentType<{ name: string }>
  Hashtag?: ComponentType<{ tag: string }>
  /** Are there formulas: in blocks, or also in lines? */
  maths?(): 'none' | 'blocks' | 'all'
}

export const ReferentsContext = createContext<Referents>({})

/** A mention in the text of a link looks like one, but follows the link. */
const InLink = createContext(false)

const read = new WeakMap<object, Block[]>()
/** Trees of the last texts: a post that is loaded again, unchanged, is another object with the same text. */
const recent = new Map<string, Block[]>()
const MOST_RECENT = 600
/** Longer texts are rare, and would fill the memory. */
const LONGEST_RECENT = 2000

const parsed = (text: string, hasMath: boolean): Block[] => {
  if (text.length > LONGEST_RECENT) return readMessage(text, { hasMath })
  const key = `${hasMath}/${text}`
  const tree = recent.get(key) ?? readMessage(text, { hasMath })
  recent.delete(key)
  recent.set(key, tree)
  for (const oldest of recent.keys()) {
    if (recent.size <= MOST_RECENT) break
    recent.delete(oldest)
  }
  return tree
}

/** The tree of a text that belongs to `owner`, parsed once per version of the owner. */
const treeOf = (owner: object, text: string, hasMath: boolean): Block[] => {
  const known = read.get(owner)
  if (known) return known
  const tree = parsed(text, hasMath)
  read.set(owner, tree)
  return tree
}

type MarkdownProps = { owner: object; text: string; children?: ReactNode }

/** A rendered message. `children` follow at its end, on the last line if that is text. */
export const Markdown = memo(({ owner, text, children }: MarkdownProps) => {
  const { maths } = useContext(ReferentsContext)
  const blocks = treeOf(owner, text, maths?.() === 'all')
  useSyncExternalStore(onEmojiLoaded, isEmojiLoaded)
  const isBig = isOnlyEmoji(blocks)
  return (
    <div className={styles.text} data-big={isBig ? '' : undefined}>
      {blocks.map((block, i) => (
        <BlockView key={i} block={block}>
          {i === blocks.length - 1 ? children : undefined}
        </BlockView>
      ))}
      {blocks.length === 0 && children}
    </div>
  )
})

/**
 * A line of markdown, such as the topic of a channel: only marks and links, and nothing higher than the line.
 */
export const MarkdownLine = memo(({ text }: { text: string }) =>
  readMessage(text).map((block, i) => (
    <Fragment key={i}>
      {i > 0 && ' '}
      {'text' in block ? (
        <code>{block.text}</code>
      ) : block.kind === 'paragraph' || block.kind === 'heading' ? (
        <Inlines nodes={block.children} />
      ) : null}
    </Fragment>
  )),
)

/** The long expression takes browsers a while to prepare, and texts with letters do not need it. */
const isEmojiText = (text: string): boolean =>
  !/[A-Za-z]/.test(text) && /^(?:\p{RGI_Emoji}|\s){1,6}$/v.test(text)

/** A message of one to three emoji and nothing else is shown large. */
const isOnlyEmoji = (blocks: readonly Block[]): boolean => {
  const [block] = blocks
  if (blocks.length !== 1 || block?.kind !== 'paragraph') return false
  const nodes = block.children.filter((node) => node.kind !== 'text' || node.text.trim() !== '')
  const isEmoji = (node: Inline): boolean =>
    (node.kind === 'emoji' && emojiOf(node.name) !== undefined) ||
    (node.kind === 'text' && isEmojiText(node.text))
  return nodes.length > 0 && nodes.length <= 3 && nodes.every(isEmoji)
}

type BlockProps = {
  block: Block
  /** Does the parent take its direction from this text? */
  isLead?: boolean
  children?: ReactNode
}

/** Each block takes its direction from its own text. */
const BlockView = ({ block, isLead, children }: BlockProps) => {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p dir={isLead ? undefined : 'auto'}>
          <Inlines nodes={block.children} />
          {children}
        </p>
      )
    case 'heading':
      // Headings are for the page; those of a message are only large text.
      return (
        <p className={styles.heading} dir={isLead ? undefined : 'auto'} data-level={block.level}>
          <span>
            <Inlines nodes={block.children} />
          </span>
          {children}
        </p>
      )
    case 'code':
      return (
        <>
          <CodeView block={block} />
          {children}
        </>
      )
    case 'quote':
      return (
        <>
          <blockquote dir="auto">
            <Blocks blocks={block.children} />
          </blockquote>
          {children}
        </>
      )
    case 'list':
      return (
        <>
          <ListView block={block} />
          {children}
        </>
      )
    case 'table':
      return (
        <>
          <TableView block={block} />
          {children}
        </>
      )
    case 'rule':
      return (
        <>
          <hr />
          {children}
        </>
      )
  }
}

/** Languages that mean a formula, where formulas are drawn. */
const FORMULAS = new Set(['latex', 'tex', 'math'])

const CodeView = ({ block: { language, text } }: { block: Extract<Block, { kind: 'code' }> }) => {
  const { maths } = useContext(ReferentsContext)
  if (FORMULAS.has(language) && (maths?.() ?? 'none') !== 'none') return <Formula text={text} isBlock />
  return <CodeBlock language={language} text={text} />
}

/** The content of a quote or an item, which has the direction of its first text. */
const Blocks = ({ blocks }: { blocks: readonly Block[] }) =>
  blocks.map((block, i) => <BlockView key={i} block={block} isLead={i === 0} />)

const ListView = ({ block }: { block: Extract<Block, { kind: 'list' }> }) => {
  const items = block.items.map((item, i) => (
    <li key={i} dir="auto" data-task={item.checked === null ? undefined : ''}>
      {item.checked !== null && (
        <input type="checkbox" checked={item.checked} disabled aria-label={item.checked ? '✓' : '○'} />
      )}
      <Blocks blocks={item.children} />
    </li>
  ))
  if (!block.ordered) return <ul>{items}</ul>
  const digits = String(block.start + block.items.length - 1).length
  return (
    <ol start={block.start} style={{ '--digits': digits } as CSSProperties}>
      {items}
    </ol>
  )
}

const TableView = ({ block }: { block: Extract<Block, { kind: 'table' }> }) => (
  <div className={styles.scroll} tabIndex={0} role="group">
    <table>
      <thead>
        <tr>
          {block.head.map((cell, i) => (
            <th key={i} scope="col" dir="auto" data-align={block.align[i] ?? undefined}>
              <Inlines nodes={cell} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map((row, r) => (
          <tr key={r}>
            {row.map((cell, i) => (
              <td key={i} dir="auto" data-align={block.align[i] ?? undefined}>
                <Inlines nodes={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

const Inlines = ({ nodes }: { nodes: readonly Inline[] }) =>
  nodes.map((node, i) => <InlineView key={i} node={node} />)

const InlineView = ({ node }: { node: Inline }): ReactNode => {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'break':
      return <br />
    case 'strong':
      return (
        <strong>
          <Inlines nodes={node.children} />
        </strong>
      )
    case 'em':
      return (
        <em>
          <Inlines nodes={node.children} />
        </em>
      )
    case 'strike':
      return (
        <s>
          <Inlines nodes={node.children} />
        </s>
      )
    case 'code':
      return <code>{node.text}</code>
    case 'link':
      return (
        <Anchor href={node.href} title={node.title}>
          <InLink value>
            <Inlines nodes={node.children} />
          </InLink>
        </Anchor>
      )
    case 'image':
      return <Anchor href={node.href}>{node.alt || node.href}</Anchor>
    case 'mention':
      return <Named kind="Mention" name={node.name} />
    case 'channel':
      return <Named kind="Channel" name={node.name} />
    case 'math':
      return <Formula text={node.text} isBlock={false} />
    case 'hashtag':
      return <Hashtag tag={node.tag} />
    case 'emoji':
      return <Emoji name={node.name} />
  }
}

/**
 * A path of this server opens in this window; any other URL opens in a new one, and the other site learns
 * nothing of us.
 */
type AnchorProps = { href: string; title?: string | undefined; children: ReactNode }

const Anchor = ({ href, title, children }: AnchorProps) => {
  const own = href.startsWith(`${location.origin}/`) ? href.slice(location.origin.length) : href
  if (own.startsWith('/') && !own.startsWith('/api/'))
    return (
      <Link to={own} title={title}>
        {children}
      </Link>
    )
  return (
    <a href={href} title={title} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}

/** A name in a text, shown by the referents; where there are none, as it was written. */
const Named = ({ kind, name }: { kind: 'Mention' | 'Channel'; name: string }) => {
  const Shown = useContext(ReferentsContext)[kind]
  const isInLink = useContext(InLink)
  if (Shown) return <Shown name={name} isInLink={isInLink} />
  return (
    <bdi>
      {kind === 'Mention' ? '@' : '~'}
      {name}
    </bdi>
  )
}

const Hashtag = ({ tag }: { tag: string }) => {
  const Shown = useContext(ReferentsContext).Hashtag
  return Shown ? <Shown tag={tag} /> : <span className={styles.hashtag}>{tag}</span>
}

const Emoji = ({ name }: { name: string }) => {
  useSyncExternalStore(onEmojiLoaded, isEmojiLoaded)
  const emoji = emojiOf(name)
  const isUnknown = emoji === undefined
  useEffect(() => {
    if (isUnknown) void loadEmoji()
  }, [isUnknown])
  const Custom = useContext(ReferentsContext).Emoji
  if (emoji === undefined) return Custom ? <Custom name={name} /> : `:${name}:`
  return (
    <span className={styles.emoji} role="img" aria-label={name.replaceAll('_', ' ')} title={`:${name}:`}>
      {emoji}
    </span>
  )
}
