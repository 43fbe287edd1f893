/** Replaces linkify-it, a dependency of markdown-it: our own rule for bare URLs is used instead. */
export class LinkifyIt {}
