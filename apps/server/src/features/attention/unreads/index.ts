export { channelsViewed, postMarkedUnread } from './events.ts'
export { MOST_READ_AGAIN, mentioning, mentionsIn } from './service.ts'
export { mentioningProps } from './store.ts'
export { hits } from './writing.ts'
