/** The pages that work with and without a session, by the beginning of their path. */
import type { ComponentType } from 'react'
import { later } from '../platform/later.ts'
import { Landing } from './Landing.tsx'

type OpenPage = { path: string; Page: ComponentType }

const pages: readonly OpenPage[] = [
  { path: '/landing', Page: Landing },
  {
    path: '/reset_password_complete',
    Page: later(async () => (await import('../features/people/accounts/NewPassword.tsx')).NewPassword),
  },
  {
    path: '/reset_password',
    Page: later(async () => (await import('../features/people/accounts/ForgotPassword.tsx')).ForgotPassword),
  },
  {
    path: '/do_verify_email',
    Page: later(async () => (await import('../features/people/accounts/VerifyAddress.tsx')).VerifyAddress),
  },
  {
    path: '/should_verify_email',
    Page: later(async () => (await import('../features/people/accounts/VerifyAddress.tsx')).VerifyAgain),
  },
  {
    path: '/login/desktop',
    Page: later(async () => (await import('../features/people/sessions/DesktopSignIn.tsx')).DesktopSignIn),
  },
  { path: '/error', Page: later(async () => (await import('./ErrorPage.tsx')).ErrorPage) },
]

/** The page for a path; undefined if the path needs a session, or the sign-in. */
export const openPageAt = (path: string): ComponentType | undefined =>
  pages.find((page) => path === page.path || path.startsWith(`${page.path}/`))?.Page
