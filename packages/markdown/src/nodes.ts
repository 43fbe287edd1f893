/**
 * What a message looks like after reading it: a small tree of plain objects. Nothing in it is HTML, and no client needs to know which
 * parser made it. Addresses (`href`) are already judged: only http, https, ftp, mailto, tel and paths of this server occur.
 */
export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'heading'; level: 1 | 2 | 3 | 4 | 5 | 6; children: Inline[] }
  | { kind: 'quote'; children: Block[] }
  | { kind: 'list'; ordered: boolean; start: number; items: ListItem[] }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'table'; align: Align[]; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'rule' }

/** `checked` is null for an ordinary item; `[ ]` and `[x]` make a task of it. */
export type ListItem = { checked: boolean | null; children: Block[] }
export type Align = 'left' | 'center' | 'right' | null

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'em' | 'strike'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'break' }
  /** Of the marks only mentions occur in a link. `title` is what somebody wrote beside the address. */
  | { kind: 'link'; href: string; children: Inline[]; title?: string }
  /** An image somewhere else. Clients show a link: fetching it would tell a third party who reads what. */
  | { kind: 'image'; href: string; alt: string }
  /** `name` as typed, without the @; it may end in punctuation that belongs to the sentence (see `nameAlternatives`). */
  | { kind: 'mention'; name: string }
  | { kind: 'channel'; name: string }
  | { kind: 'hashtag'; tag: string }
  /** A name between colons. Whether an emoji of this name exists is for the client to know. */
  | { kind: 'emoji'; name: string }
