/**
 * Puts every rule with `:hover` into `@media (hover: hover)`. A finger does not hover: after a press, the
 * browsers of phones keep the element "hovered" until the next press elsewhere, so that it would look chosen.
 */
import type { AtRule, Plugin, Root, Rule } from 'postcss'

const QUERY = '(hover: hover)'

const hovers = (selector: string): boolean => /:hover\b/.test(selector)

/** Is the rule within a query about hovering already? */
const isWithin = (rule: Rule): boolean => {
  for (let parent = rule.parent; parent; parent = parent.parent as Rule['parent'])
    if (parent.type === 'atrule' && (parent as AtRule).params.includes('hover:')) return true
  return false
}

export const hoverOnlyWherePossible = (): Plugin => ({
  postcssPlugin: 'plausch-hover',
  OnceExit(root: Root, { AtRule }) {
    root.walkRules((rule) => {
      const hovering = rule.selectors.filter(hovers)
      if (hovering.length === 0 || isWithin(rule)) return
      const others = rule.selectors.filter((selector) => !hovers(selector))
      if (others.length > 0) rule.before(rule.clone({ selectors: others }))
      const media = new AtRule({ name: 'media', params: QUERY })
      rule.replaceWith(media)
      media.append(rule.clone({ selectors: hovering }))
    })
  },
})

/** The selectors of a finished stylesheet that hover also where a finger presses. */
export const bareHovers = (css: string): string[] => {
  const found: string[] = []
  const open: boolean[] = []
  // Beginnings and ends of blocks, each with what is written before it.
  for (const [, before = '', brace] of css.matchAll(/([^{};]*)([{}])/g)) {
    if (brace === '}') open.pop()
    else {
      const isQuery = /@media\b.*\(hover:/.test(before)
      if (!isQuery && hovers(before) && !open.includes(true)) found.push(before.trim())
      open.push(isQuery)
    }
  }
  return found
}
