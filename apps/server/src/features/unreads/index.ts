export { channelsViewed, postMarkedUnread } from './events.ts'
export { mentioning } from './service.ts'
