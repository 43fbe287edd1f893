/**
 * A parsed message: a small tree of plain objects. It contains no HTML, and hides the parser from clients.
 * URLs (`href`) have been checked: only http, https, ftp, mailto, tel and paths of this server occur.
 */
export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'heading'; level: 1 | 2 | 3 | 4 | 5 | 6; children: Inline[] }
  | { kind: 'quote'; children: Block[] }
  | { kind: 'list'; ordered: boolean; start: number; items: ListItem[] }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'table'; align: Align[]; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'rule' }

/** `checked` is null for an ordinary item; `[ ]` and `[x]` make a task. */
export type ListItem = { checked: boolean | null; children: Block[] }
export type Align = 'left' | 'center' | 'right' | null

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'em' | 'strike'; children: Inline[] }
  | { kind: 'code'; text: string }
  /** A formula in TeX, without its dollar signs; only if the reader asks for formulas. */
  | { kind: 'math'; text: string }
  | { kind: 'break' }
  /** Mentions are the only marks in a link. `title` is the author's text beside the URL. */
  | { kind: 'link'; href: string; children: Inline[]; title?: string }
  /**
   * An image on another server. Clients show a link: loading the image would tell that server who reads what.
   */
  | { kind: 'image'; href: string; alt: string }
  /** `name` as typed, without the @; it may end in punctuation of the sentence (see `nameAlternatives`). */
  | { kind: 'mention'; name: string }
  | { kind: 'channel'; name: string }
  | { kind: 'hashtag'; tag: string }
  /** A name between colons. The client knows whether an emoji of this name exists. */
  | { kind: 'emoji'; name: string }
