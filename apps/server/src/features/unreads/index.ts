export { channelsViewed, postMarkedUnread } from './events.ts'
export { mentioning, mentionsIn } from './service.ts'
export { mentioningProps } from './store.ts'
