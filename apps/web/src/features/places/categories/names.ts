import type { Category } from '@plausch/wire'
import type { Say } from '../../../i18n/text.ts'

/** Built-in categories have a name in the reader's language, custom ones the name that their owner chose. */
export const categoryName = (category: Category, say: Say): string => {
  switch (category.type) {
    case 'favorites':
      return say('category.favorites')
    case 'channels':
      return say('category.channels')
    case 'direct_messages':
      return say('category.direct')
    case 'custom':
      return category.display_name
  }
}
