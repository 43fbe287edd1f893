/** Replaces uc.micro (5 kB of character ranges), a dependency of markdown-it: browsers know these classes. */
export const P = /\p{P}/u
export const S = /\p{S}/u
