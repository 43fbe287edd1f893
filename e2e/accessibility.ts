/** The accessibility problems of a page, as axe-core finds them. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Looked for in the whole page. What a modal surface covers is inert, so there they find nothing. */
const rulesOfPage = ['landmark-one-main', 'page-has-heading-one']

/** Those of the current screen: which rule, and where. */
export const accessibilityProblems = async (page: Page): Promise<string[]> => {
  const isCovered = (await page.locator('main[inert], [inert] main').count()) > 0
  const { violations } = await new AxeBuilder({ page })
    .withTags(rules)
    .disableRules(isCovered ? rulesOfPage : [])
    .analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`)
}
