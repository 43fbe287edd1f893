/** Stands in for linkify-it, which markdown-it brings and our own rule for bare addresses replaces. */
export class LinkifyIt {}
