export { channelsViewed, postMarkedUnread } from './events.ts'
export { mentioning } from './service.ts'
export { mentioningProps } from './store.ts'
