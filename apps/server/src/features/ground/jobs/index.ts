export { startJob } from './service.ts'
export { findJob, latestJob } from './store.ts'
export { type Ending, type JobData, type JobType, jobTypes, type Running } from './types.ts'
