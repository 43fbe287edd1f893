/** Components that are loaded on their first use. Unlike with React's `lazy`, a failed load can be repeated. */
import { type ComponentType, lazy } from 'react'
import { NotLoaded } from '../browser/faults.ts'

/** Suspends while it loads. A failure goes to the `ErrorBoundary` around it, which may render it again. */
export const lazily = <P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> => {
  const begin = () => {
    const made = lazy(async () => {
      try {
        return { default: (await load()) as ComponentType<object> }
      } catch (error) {
        // Not here already: React renders once more with the failed one to learn of the failure.
        throw new NotLoaded(error, () => {
          if (Current === made) Current = begin()
        })
      }
    })
    return made
  }
  let Current = begin()
  return (props) => <Current {...props} />
}
