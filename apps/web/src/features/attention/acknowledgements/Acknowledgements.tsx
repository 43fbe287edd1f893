import type { Post } from '@plausch/wire'
import { Suspense } from 'react'
import { later } from '../../../platform/later.ts'
import styles from './Acknowledgements.module.css'

const Line = later(async () => (await import('./AcknowledgementLine.tsx')).AcknowledgementLine)

/** Few messages ask for a confirmation, so the line is loaded with the first one; its place is kept free. */
export const Acknowledgements = ({ post }: { post: Post }) => (
  <Suspense fallback={<div className={styles.line} />}>
    <Line post={post} />
  </Suspense>
)
